namespace Makemore.Training;

/// <summary>Turns steps into reports: how fast, how far, how long yet.</summary>
sealed class Reporter(int steps, TimeProvider time, Action<TrainingProgress>? report)
{
    // A look at the clock takes as long as a hundredth of a short step: it is looked at after more and more of those, and after each that is long.
    const int MostStepsBetweenReadings = 64;
    const int ReadingsBetweenReports = 64;

    // Seconds: longer than anybody waits, and within what a TimeSpan holds.
    const double LongestRemaining = 1e11;

    readonly long start = time.GetTimestamp();
    Mean sinceReport, sinceEvaluation;
    double lastLoss = double.NaN;
    int lastStep, nextReading, stepsBetweenReadings = 1;
    TimeSpan lastReading;
    double speed;
    TimeSpan lastTime;
    TimeSpan lastWorkTime;
    TimeSpan paused;

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(start);

    /// <summary>Takes in a step's loss.</summary>
    public void Add(float loss)
    {
        sinceReport.Add(loss);
        sinceEvaluation.Add(loss);
    }

    /// <summary>Does something that takes time, and counts it to no step.</summary>
    public T Pausing<T>(Func<T> work)
    {
        var begin = Elapsed;
        var result = work();
        paused += Elapsed - begin;
        return result;
    }

    /// <summary>Reports if the last report is at least that old.</summary>
    public void ReportIfDue(int step, TimeSpan age)
    {
        if (report is null || step < nextReading)
            return;
        var now = Elapsed;
        stepsBetweenReadings = now - lastReading < age / ReadingsBetweenReports ? Math.Min(2 * stepsBetweenReadings, MostStepsBetweenReadings) : 1;
        (nextReading, lastReading) = (step + stepsBetweenReadings, now);
        if (now - lastTime >= age)
            Report(step, null);
    }

    /// <summary>Reports, with losses over whole parts if they were just measured.</summary>
    public void Report(int step, Losses? evaluated)
    {
        if (report is null)
            return;
        var now = Elapsed;
        var worked = now - paused;
        var seconds = (worked - lastWorkTime).TotalSeconds;

        // Reports come as time passes; what stands beside the losses of whole parts is the same in every run.
        lastLoss = (evaluated is null ? sinceReport : sinceEvaluation).Value ?? lastLoss;
        sinceReport = default;
        if (evaluated is not null)
            sinceEvaluation = default;

        // The first step pays for much that the others need not.
        if (step > 1 && step > lastStep && seconds > 0)
            speed = (step - lastStep) / seconds;
        (lastStep, lastTime, lastWorkTime) = (step, now, worked);
        var remaining = speed > 0 ? TimeSpan.FromSeconds(Math.Min((steps - step) / speed, LongestRemaining)) : TimeSpan.Zero;
        report(new TrainingProgress(step, steps, lastLoss, evaluated, speed, now, remaining));
    }

    struct Mean
    {
        double sum;
        int count;

        public readonly double? Value => count > 0 ? sum / count : null;

        public void Add(double value)
        {
            sum += value;
            count++;
        }
    }
}

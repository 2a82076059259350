namespace Makemore.Training;

/// <summary>Turns steps into reports: how fast, how far, how long yet.</summary>
sealed class Reporter(int steps, TimeProvider time, Action<TrainingProgress>? report)
{
    readonly long start = time.GetTimestamp();
    double lossSum;
    int losses;
    double lastLoss = double.NaN;
    int lastStep;
    double speed;
    TimeSpan lastTime;
    TimeSpan lastWorkTime;
    TimeSpan paused;

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(start);

    /// <summary>Takes in a step's loss.</summary>
    public void Add(float loss)
    {
        lossSum += loss;
        losses++;
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
        if (report is not null && Elapsed - lastTime >= age)
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
        if (losses > 0)
            lastLoss = lossSum / losses;

        // The first step pays for much that the others need not.
        if (step > 1 && step > lastStep && seconds > 0)
            speed = (step - lastStep) / seconds;
        (lossSum, losses, lastStep, lastTime, lastWorkTime) = (0, 0, step, now, worked);
        var remaining = speed > 0 ? TimeSpan.FromSeconds((steps - step) / speed) : TimeSpan.Zero;
        report(new TrainingProgress(step, steps, lastLoss, evaluated, speed, now, remaining));
    }
}

namespace Makemore.Training;

/// <summary>Turns steps into reports: how fast, how far, how long yet.</summary>
sealed class Reporter(int steps, TimeProvider time, Action<TrainingProgress>? report)
{
    readonly long start = time.GetTimestamp();
    double lossSum;
    int losses;
    double lastLoss = double.NaN;
    int lastStep;
    double lastSpeed;
    TimeSpan lastTime;

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(start);

    /// <summary>Takes in a step's loss.</summary>
    public void Add(float loss)
    {
        lossSum += loss;
        losses++;
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
        var seconds = (now - lastTime).TotalSeconds;
        if (losses > 0)
            lastLoss = lossSum / losses;

        // An evaluation's time belongs to no step: the speed is the last known one where steps were not what took the time.
        if (evaluated is null && seconds > 0)
            lastSpeed = (step - lastStep) / seconds;
        (lossSum, losses, lastStep, lastTime) = (0, 0, step, now);
        var speed = lastSpeed > 0 ? lastSpeed : step / Math.Max(now.TotalSeconds, 1e-9);
        report(new TrainingProgress(step, steps, lastLoss, evaluated, speed, now, TimeSpan.FromSeconds((steps - step) / Math.Max(speed, 1e-9))));
    }
}

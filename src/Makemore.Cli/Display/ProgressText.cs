using Makemore.Training;

namespace Makemore.Cli.Display;

/// <summary>The words of a progress report.</summary>
static class ProgressText
{
    /// <summary>Steps a second and time left, as soon as they are known.</summary>
    public static string Pace(TrainingProgress progress) =>
        progress.StepsPerSecond > 0 ? $"{progress.StepsPerSecond:N0} steps/s  {Duration(progress.Remaining)} left" : "";

    /// <summary>The batches' loss.</summary>
    public static string Batch(TrainingProgress progress) => $"batch {progress.BatchLoss:F4}";

    /// <summary>The losses over whole parts.</summary>
    public static string Evaluated(Losses losses) => $"train {losses.Train:F4}  dev {losses.Dev:F4}";

    // 0:07, 1:02:03
    static string Duration(TimeSpan time) =>
        time.TotalHours >= 1 ? $"{(long)time.TotalHours}:{time:mm\\:ss}" : $"{time.Minutes}:{time.Seconds:00}";
}

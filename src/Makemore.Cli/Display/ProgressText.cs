using Makemore.Training;

namespace Makemore.Cli.Display;

/// <summary>The words of a progress report.</summary>
static class ProgressText
{
    /// <summary>How long yet: <c>0:07</c>, <c>1:02:03</c>.</summary>
    public static string Duration(TimeSpan time) =>
        time.TotalHours >= 1 ? $"{(long)time.TotalHours}:{time:mm\\:ss}" : $"{time.Minutes}:{time.Seconds:00}";

    /// <summary>Steps a second.</summary>
    public static string Speed(TrainingProgress progress) => $"{progress.StepsPerSecond:N0} steps/s";

    /// <summary>The batches' loss.</summary>
    public static string Batch(TrainingProgress progress) => $"batch {progress.BatchLoss:F4}";

    /// <summary>The losses over whole parts.</summary>
    public static string Evaluated(Losses losses) => $"train {losses.Train:F4}  dev {losses.Dev:F4}";
}

using Makemore.Training;

namespace Makemore.Cli.Display;

/// <summary>A training as lines of text, for files and pipes: one to begin with, one for each evaluation, and a sign of life between.</summary>
sealed class PlainDisplay(TrainingHeading heading, Terminal terminal) : ITrainingDisplay
{
    /// <summary>How often files and pipes hear that something still goes on.</summary>
    public static readonly TimeSpan BetweenSigns = TimeSpan.FromSeconds(10);

    TimeSpan last;

    /// <inheritdoc/>
    public TrainingResult Show(Func<Action<TrainingProgress>, TrainingResult> train)
    {
        terminal.Output.WriteLine(heading);
        return train(Report);
    }

    void Report(TrainingProgress progress)
    {
        if (progress.Losses is null && progress.Elapsed - last < BetweenSigns)
            return;
        last = progress.Elapsed;
        var steps = $"{progress.Steps:N0}";
        var step = $"{progress.Step:N0}".PadLeft(steps.Length);
        var evaluated = progress.Losses is { } losses ? $"{ProgressText.Evaluated(losses)}  " : "";
        terminal.Output.WriteLine($"step {step} of {steps}  {evaluated}{ProgressText.Batch(progress)}  {ProgressText.Pace(progress)}".TrimEnd());
    }
}

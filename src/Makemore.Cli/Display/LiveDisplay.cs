using System.Runtime.ExceptionServices;
using Makemore.Training;
using Spectre.Console;

namespace Makemore.Cli.Display;

/// <summary>A training on a terminal: a bar that fills, and the newest figures below it.</summary>
/// <remarks>The training has a thread of its own and never waits for the screen.</remarks>
sealed class LiveDisplay(TrainingHeading heading, Terminal terminal) : ITrainingDisplay
{
    const int WidestBar = 60;
    static readonly TimeSpan BetweenFrames = TimeSpan.FromMilliseconds(100);

    volatile TrainingProgress? latest;
    volatile Losses? evaluated;
    volatile ExceptionDispatchInfo? lost;

    /// <inheritdoc/>
    public TrainingResult Show(Func<Action<TrainingProgress>, TrainingResult> train)
    {
        terminal.Output.WriteLine(heading);
        var training = Task.Run(() => train(Report));
        try
        {
            AnsiConsole.Live(new Markup("")).Start(context =>
            {
                do
                {
                    // A training that fails ends the display; its error comes out below.
                    Task.WaitAny([training], BetweenFrames);
                    if (latest is { } progress)
                        context.UpdateTarget(Frame(progress));
                }
                while (!training.IsCompleted);
            });
        }
        catch (IOException exception)
        {
            // The terminal is gone, and the training is not: it hears of it with its next report.
            lost = ExceptionDispatchInfo.Capture(exception);
        }
        finally
        {
            // Whatever happens here, its memory must not be taken from it.
            Task.WaitAny(training);
        }

        return training.GetAwaiter().GetResult();
    }

    void Report(TrainingProgress progress)
    {
        lost?.Throw();
        evaluated = progress.Losses ?? evaluated;
        latest = progress;
    }

    Rows Frame(TrainingProgress progress)
    {
        var width = Math.Min(WidestBar, AnsiConsole.Profile.Width);
        var filled = (int)((long)width * progress.Step / progress.Steps);
        var losses = evaluated is null ? "" : $"[green]{ProgressText.Evaluated(evaluated)}[/]  ";
        return new Rows(
            new Markup($"[green]{new string('━', filled)}[/][grey]{new string('─', width - filled)}[/]"),
            new Markup($"step {progress.Step:N0} of {progress.Steps:N0}  {ProgressText.Pace(progress)}"),
            new Markup($"{losses}{ProgressText.Batch(progress)}"));
    }
}

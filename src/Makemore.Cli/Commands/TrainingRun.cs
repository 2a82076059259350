using Makemore.Cli.Display;
using Makemore.Files;
using Makemore.Models;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Backends.Checking;
using Makemore.Tensors.Backends.CSharp;
using Makemore.Training;

namespace Makemore.Cli.Commands;

/// <summary>What <c>makemore train</c> does: prepare, train, save, tell.</summary>
sealed class TrainingRun
{
    const int SmallBatch = 16;

    readonly Terminal terminal;
    readonly IBackend backend;
    readonly TrainingOptions options;
    readonly ModelSettings settings;
    readonly LearningRun run;
    readonly TrainingData data;
    readonly LanguageModel model;
    readonly bool check;
    readonly int? threads;

    TrainingRun(LearningRequest request, TrainingOptions options, IBackend backend, bool check, int? threads, Terminal terminal)
    {
        (this.options, this.backend, this.check, this.threads, this.terminal) = (options, backend, check, threads, terminal);
        run = new LearningRun(request, terminal);
        (data, settings) = (run.Data, run.Settings);
        model = ModelCatalog.Create(settings, data.Vocabulary.Count);
    }

    /// <summary>Trains from the first line to the last.</summary>
    /// <param name="request">What to learn.</param>
    /// <param name="options">How.</param>
    /// <param name="backend">What runs the model's programs.</param>
    /// <param name="check">Whether every number of every step is looked at.</param>
    /// <param name="threads">How many threads share a step; null for as many as pay.</param>
    /// <param name="terminal">Where to tell.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    /// <exception cref="MakemoreException">The file or an option makes no sense; nothing was written.</exception>
    public static int Run(LearningRequest request, TrainingOptions options, IBackend backend, bool check, int? threads, Terminal terminal)
    {
        if (backend is CSharpBackend)
            HeadStart.Begin();
        using var interruption = new Interruption(terminal);
        return new TrainingRun(request, options, backend, check, threads, terminal).Run(interruption);
    }

    int Run(Interruption interruption)
    {
        using var trainer = new Trainer(model, data, options, backend, check: check, threads: threads);
        var heading = new TrainingHeading(settings.Model, data, model.ParameterCount, options);
        ITrainingDisplay display = terminal.Interactive ? new LiveDisplay(heading, terminal) : new PlainDisplay(heading, terminal);
        var metrics = new List<MetricsLine>();
        IOException? unwritten = null;
        var result = display.Show(report => trainer.Run(
            progress =>
            {
                if (progress is { Step: 1, Losses: null })
                    terminal.Mark("first step");
                if (progress.Losses is { } losses)
                    metrics.Add(MetricsLine.Of(progress.Step, losses));
                try
                {
                    if (unwritten is null)
                        report(progress);
                }
                catch (IOException exception)
                {
                    // What is learned is worth more than what is told of it.
                    unwritten = exception;
                }
            },
            interruption.Token));
        if (result.Steps == 0 && result.Ending == Ending.Cancelled)
        {
            terminal.Complain("interrupted before the first step; nothing was saved");
            return interruption.ExitCode;
        }

        var folder = Save(trainer, result, metrics);
        if (unwritten is not null)
            throw LearningRun.Unwritten(unwritten, folder);
        Tell(trainer, result, folder);
        return result.Ending switch
        {
            Ending.Cancelled => interruption.ExitCode,
            Ending.Diverged => ExitCode.Failed,
            _ => IsWorseThanGuessing(result) ? ExitCode.Failed : ExitCode.Done,
        };
    }

    RunFolder Save(Trainer trainer, TrainingResult result, List<MetricsLine> metrics) => run.Save(
        folder =>
        {
            folder.Save(model, trainer.Storage);
            folder.WriteLines("metrics.jsonl", metrics.Select(line => line.ToString()));
        },
        RunConfig.Of(settings, data, options, result));

    void Tell(Trainer trainer, TrainingResult result, RunFolder folder)
    {
        var name = folder.Path;
        if (result.Divergence is { } divergence)
        {
            var kept = result.KeptStep is { } best ? $"the best state before, of step {best:N0}," : "the state before that step";
            terminal.Complain(
                $"diverged at step {divergence.Step:N0}: the first number that is not finite ({divergence.Value}) appeared in '{divergence.Tensor}'; "
                + $"{kept} was kept in {name}; {Advice}");
            if (divergence.Cause is { } cause)
                terminal.Error.WriteLine($"{cause.Element} is {NotFinite.Number(cause.Value)}:\n{cause.Explanation}".Replace("\n", "\n  "));
        }
        else if (result.Ending == Ending.Cancelled)
        {
            terminal.Complain($"interrupted after step {result.Steps:N0} of {options.Steps:N0}; what was learned was kept in {name}");
        }
        else if (IsWorseThanGuessing(result))
        {
            terminal.Complain(
                $"the training failed: its train loss is {result.Losses.Train:N2}, and guessing has {Baselines.Guessing(data):F2}; "
                + $"what came out was kept in {name}; {Advice}");
        }

        if (result.Ending == Ending.Stopped)
            terminal.Output.WriteLine($"stopped after step {result.Steps:N0} of {options.Steps:N0}: the dev loss had not fallen for {options.Patience:N0} evaluations");
        if (result is { KeptStep: { } step, Divergence: null })
            terminal.Output.WriteLine($"kept is the best by dev loss, from step {step:N0}");
        using var predictor = model.Predictor(trainer.Storage, backend);
        run.Tell(predictor, folder);
    }

    // Of few examples, some feature may have no variance to divide by.
    string Advice => model.State.Count > 0 && options.Batch < SmallBatch ? "try a larger --batch, or a lower --lr" : "try a lower --lr";

    // Wandering a little above the loss of an untrained model is no failure; weights that blew up are.
    bool IsWorseThanGuessing(TrainingResult result) => !(result.Losses.Train <= 1.5 * Baselines.Guessing(data));
}

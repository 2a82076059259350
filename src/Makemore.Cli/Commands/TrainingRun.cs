using Makemore.Cli.Display;
using Makemore.Files;
using Makemore.Models;
using Makemore.Sampling;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Backends.CSharp;
using Makemore.Tensors.Backends.Checking;
using Makemore.Tensors.Running;
using Makemore.Text;
using Makemore.Training;

namespace Makemore.Cli.Commands;

/// <summary>What <c>makemore train</c> does: prepare, train, save, tell.</summary>
sealed class TrainingRun
{
    const int Samples = 20;

    readonly Terminal terminal;
    readonly IBackend backend;
    readonly TrainingOptions options;
    readonly ModelSettings settings;
    readonly TrainingData data;
    readonly LanguageModel model;
    readonly string? file;
    readonly string output;
    readonly bool check;

    TrainingRun(string? file, ModelSettings settings, TrainingOptions options, string? output, IBackend backend, bool check, Terminal terminal)
    {
        (this.file, this.settings, this.options, this.backend, this.check, this.terminal) = (file, settings, options, backend, check, terminal);
        if (output is not null)
            OutputFolder.CheckFree(output);
        var corpus = file is null ? BuiltInDataset.Load(BuiltInDataset.Available[0]) : Corpus.Load(file);
        data = new TrainingData(corpus, settings.Block);
        model = ModelCatalog.Create(settings, data.Vocabulary.Count);
        this.output = output ?? OutputFolder.Default(corpus.Source, settings.Model);
        OutputFolder.CheckWritable(this.output);
    }

    /// <summary>Trains from the first line to the last.</summary>
    /// <param name="file">What to learn; null for the built-in names.</param>
    /// <param name="settings">The model.</param>
    /// <param name="options">How to train it.</param>
    /// <param name="output">The folder to save to; null for the usual one.</param>
    /// <param name="backend">What runs the model's programs.</param>
    /// <param name="check">Whether every number of every step is looked at.</param>
    /// <param name="terminal">Where to tell.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    /// <exception cref="MakemoreException">The file or an option makes no sense; nothing was written.</exception>
    public static int Run(string? file, ModelSettings settings, TrainingOptions options, string? output, IBackend backend, bool check, Terminal terminal)
    {
        if (backend is CSharpBackend)
            FirstUse.Prepare();
        using var interruption = new Interruption(terminal);
        return new TrainingRun(file, settings, options, output, backend, check, terminal).Run(interruption);
    }

    int Run(Interruption interruption)
    {
        using var trainer = new Trainer(model, data, options, backend, check: check);
        var heading = new TrainingHeading(settings.Model, data, model.ParameterCount, options);
        ITrainingDisplay display = terminal.Interactive ? new LiveDisplay(heading, terminal) : new PlainDisplay(heading, terminal);
        var metrics = new List<MetricsLine>();
        var result = display.Show(report => trainer.Run(
            progress =>
            {
                if (progress is { Step: 1, Losses: null })
                    terminal.Mark("first step");
                if (progress.Losses is { } losses)
                    metrics.Add(MetricsLine.Of(progress.Step, losses));
                report(progress);
            },
            interruption.Token));
        if (result.Steps == 0 && result.Ending == Ending.Cancelled)
        {
            terminal.Complain("interrupted before the first step; nothing was saved");
            return interruption.ExitCode;
        }

        var folder = Save(trainer, result, metrics);
        Tell(trainer, result, folder);
        return result.Ending switch
        {
            Ending.Cancelled => interruption.ExitCode,
            Ending.Diverged => ExitCode.Failed,
            _ => IsWorseThanGuessing(result) ? ExitCode.Failed : ExitCode.Done,
        };
    }

    // Somebody may have made the folder while the training ran: what was learned is saved beside it then.
    RunFolder Save(Trainer trainer, TrainingResult result, List<MetricsLine> metrics)
    {
        var config = new RunConfig
        {
            Model = settings,
            Training = options,
            Alphabet = data.Vocabulary.Alphabet,
            Data = file is null ? data.Corpus.Source : Path.GetFullPath(file),
            Steps = result.Steps,
            Losses = result.Losses,
        };
        var folder = new RunFolder(OutputFolder.FirstFree(output), config);
        folder.Save(model, trainer.Storage);
        folder.WriteLines("metrics.jsonl", metrics.Select(line => line.ToString()));
        return folder;
    }

    void Tell(Trainer trainer, TrainingResult result, RunFolder folder)
    {
        var name = folder.Path;
        if (result.Divergence is { } divergence)
        {
            terminal.Complain(
                $"diverged at step {divergence.Step:N0}: the first number that is not finite ({divergence.Value}) appeared in '{divergence.Tensor}'; "
                + $"the state before that step was kept in {name}; try a lower --lr");
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
                + $"what came out was kept in {name}; try a lower --lr");
        }

        terminal.Output.WriteLine();
        terminal.Output.Write(LossTable.Of(settings.Model, data, result.Losses));
        terminal.Output.WriteLine();
        WriteSamples(trainer, folder);
        terminal.Output.WriteLine($"saved in {name}; more like these: makemore sample {ShellWord.Quote(name)}");
    }

    // Wandering a little above the loss of an untrained model is no failure; weights that blew up are.
    bool IsWorseThanGuessing(TrainingResult result) => result.Losses.Train > 1.5 * Baselines.Guessing(data);

    void WriteSamples(Trainer trainer, RunFolder folder)
    {
        List<string> samples;
        try
        {
            using var sampler = new Sampler(model, data.Vocabulary, trainer.Storage, backend);
            samples = [.. sampler.Sample(new TorchRandom(Sampler.LectureSeed)).Take(Samples)];
        }
        catch (MakemoreException exception)
        {
            // A training that diverged may leave a model that cannot even be sampled.
            terminal.Complain(exception.Message);
            return;
        }

        folder.WriteLines("samples.txt", samples);
        terminal.Output.Write(SampleList.Of(samples, data.Corpus));
        terminal.Output.WriteLine();
    }
}

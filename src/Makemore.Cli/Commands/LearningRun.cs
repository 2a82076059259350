using Makemore.Cli.Display;
using Makemore.Files;
using Makemore.Models;
using Makemore.Sampling;
using Makemore.Tensors.Running;
using Makemore.Text;
using Makemore.Training;

namespace Makemore.Cli.Commands;

/// <summary>What is to be learned, and where it is to be saved.</summary>
/// <param name="File">A text file; null for the built-in names.</param>
/// <param name="Settings">The model.</param>
/// <param name="Split">How the lines are divided.</param>
/// <param name="Output">The folder to save to; null for the usual one.</param>
sealed record LearningRequest(string? File, ModelSettings Settings, SplitKind Split, string? Output);

/// <summary>What all ways to learn have in common: data and folder are made ready, and what was learned is saved and told.</summary>
sealed class LearningRun
{
    const int Samples = 20;

    readonly LearningRequest request;
    readonly Terminal terminal;
    readonly string output;

    /// <summary>Reads the data, and checks that the result can be saved.</summary>
    /// <exception cref="MakemoreException">The file or the folder makes no sense; nothing was written.</exception>
    public LearningRun(LearningRequest request, Terminal terminal)
    {
        (this.request, this.terminal) = (request, terminal);
        if (request.Output is { } wanted)
            OutputFolder.CheckFree(wanted);
        var corpus = request.File is { } file ? Corpus.Load(file) : BuiltInDataset.Load(BuiltInDataset.Available[0]);
        Settings = ModelCatalog.Fit(request.Settings, corpus);
        Data = TrainingData.For(corpus, Settings, request.Split);
        output = request.Output ?? OutputFolder.Default(corpus.Source, request.Settings.Model);
        OutputFolder.CheckWritable(output);
    }

    /// <summary>The model, fit to the data.</summary>
    public ModelSettings Settings { get; }

    /// <summary>What is learned from.</summary>
    public TrainingData Data { get; }

    /// <summary>Saves what was learned, with all that is told of it: whole, or not at all.</summary>
    /// <remarks>Somebody may have made the folder meanwhile: what was learned is saved beside it then.</remarks>
    /// <param name="write">Writes the files.</param>
    /// <param name="config">What is told.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="IOException">It cannot be written; nothing is left of it.</exception>
    public RunFolder Save(Action<RunFolder> write, RunConfig config) => new(OutputFolder.Write(output, path => write(new(path, config))), config);

    /// <summary>Writes the losses beside those of simpler predictors, and twenty new lines, which are saved too.</summary>
    public void Tell(IPredictor predictor, RunFolder folder)
    {
        terminal.Output.WriteLine();
        terminal.Output.Write(LossTable.Of(request.Settings.Model, Data, folder.Config.Losses!));
        terminal.Output.WriteLine();
        WriteSamples(predictor, folder);
        terminal.Output.WriteLine($"saved in {folder.Path}; more like these: makemore sample {ShellWord.Quote(folder.Path)}");
    }

    /// <summary>The error that something could not be written once what was learned had been saved.</summary>
    public static IOException Unwritten(Exception cause, RunFolder folder) => new($"{cause.Message.TrimEnd('.')}; what was learned was kept in {folder.Path}", cause);

    void WriteSamples(IPredictor predictor, RunFolder folder)
    {
        List<string> samples;
        try
        {
            samples = [.. new Sampler(predictor, Data.Vocabulary).Sample(new TorchRandom(Sampler.LectureSeed)).Take(Samples)];
        }
        catch (MakemoreException exception)
        {
            // A training that diverged may leave a model that cannot even be sampled.
            terminal.Complain(exception.Message);
            return;
        }

        try
        {
            folder.WriteLines("samples.txt", samples);
        }
        catch (MakemoreException exception)
        {
            throw Unwritten(exception, folder);
        }

        terminal.Output.Write(SampleList.Of(samples, Data.Corpus));
        terminal.Output.WriteLine();
    }
}

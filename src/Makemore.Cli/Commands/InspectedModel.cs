using Makemore.Files;
using Makemore.Models;
using Makemore.Tensors.Running;
using Makemore.Text;
using Makemore.Training;

namespace Makemore.Cli.Commands;

/// <summary>What <c>makemore inspect</c> looks at: a model as it begins, on the built-in names, or as a run left it, on the run's own data.</summary>
/// <param name="Heading">What it is, for the head of a table.</param>
/// <param name="Model">The model.</param>
/// <param name="Data">What it learns.</param>
/// <param name="Options">How it is trained.</param>
/// <param name="Trained">Its parameters where they were trained, else null.</param>
sealed record InspectedModel(string Heading, LanguageModel Model, TrainingData Data, TrainingOptions Options, Storage? Trained) : IDisposable
{
    /// <summary>The training step.</summary>
    public Tensors.Programs.Program Program => new LanguageModelProgram(Model, Data.Examples.Count).Train(Options.Batch, Optimizer.Of(Options.Optimizer, Model.Parameters), Options.Optimizer.Clip).Program;

    /// <summary>A model that has learned nothing yet.</summary>
    public static InspectedModel Of(ModelSettings settings, TrainingOptions options)
    {
        options.Validate();
        var corpus = BuiltInDataset.Load(BuiltInDataset.Available[0]);
        settings = ModelCatalog.Fit(settings, corpus);
        var data = TrainingData.For(corpus, settings);
        return new($"{settings.Model} before its first step, seed {options.Seed}", ModelCatalog.Create(settings, data.Vocabulary.Count), data, options, null);
    }

    /// <summary>The model of a saved run.</summary>
    /// <param name="path">The run's folder.</param>
    /// <param name="batch">Examples a step; null for as many as the training had.</param>
    /// <exception cref="MakemoreException">The run is damaged, or its data are gone or not what they were.</exception>
    public static InspectedModel OfRun(string path, int? batch)
    {
        var folder = RunFolder.Open(path);
        var training = folder.Config.Training ?? throw new MakemoreException($"the model '{folder.Config.Model.Model}' is made of counts: it has no parameters and no training step");
        var options = training with { Batch = batch ?? training.Batch };
        options.Validate();
        var data = TrainingData.For(folder.Config.LoadCorpus(), folder.Config.Model, folder.Config.Split);
        if (data.Vocabulary.Alphabet != folder.Config.Alphabet)
            throw new MakemoreException($"'{folder.Config.Data}' has another alphabet than when '{path}' learned from it; inspect needs the same data");
        var storage = new Storage();
        return new($"{path} after {Amount.Of(folder.Config.Steps, "step")}", folder.LoadNetwork(storage), data, options, storage);
    }

    /// <inheritdoc/>
    public void Dispose() => Trained?.Dispose();
}

using Makemore.Files;
using Makemore.Models;
using Makemore.Tensors.Roslyn;
using Makemore.Tensors.Running;
using Makemore.Text;
using Makemore.Training;

namespace Makemore.Benchmarks;

/// <summary>A model in training on the built-in names.</summary>
sealed class ModelInTraining : IDisposable
{
    readonly TrainingOptions options;
    readonly Trainer trainer;
    int steps;

    /// <summary>The model, compiled and initialised.</summary>
    /// <param name="settings">Which model, and how large; as many positions as the names need, for a model of whole lines.</param>
    /// <param name="options">How it is trained, but for the number of steps: there is no last one.</param>
    /// <param name="threads">How many threads share a step.</param>
    public ModelInTraining(ModelSettings settings, TrainingOptions options, int threads = 1)
    {
        this.options = options with { Steps = 1_000_000_000 };
        var corpus = BuiltInDataset.Load(BuiltInDataset.Available[0]);
        Settings = ModelCatalog.Fit(settings, corpus);
        trainer = DefaultTraining.Begin(Settings, corpus, this.options, RoslynCompiler.Backend, threads: threads);

        // The evaluation is compiled beside; what is measured shall have the machine for itself.
        trainer.MeanLoss(..1);
    }

    /// <summary>The model's sizes, fit to the names.</summary>
    public ModelSettings Settings { get; }

    /// <summary>How many numbers it learns.</summary>
    public long ParameterCount => trainer.Model.ParameterCount;

    /// <summary>One whole step: draws the rows, gathers, forward, backward, update.</summary>
    /// <returns>The batch's loss.</returns>
    public float Step() => trainer.Step(steps++);

    /// <summary>Writes the parameters, the examples to learn from and the rows of the first batches as <c>benchmarks/pytorch/models.py</c> reads them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="batches">How many batches.</param>
    public void Export(string path, int batches)
    {
        var examples = trainer.Data.Train.End.Value;
        SafeTensors.Write(
            path,
            [
                .. trainer.Model.Tensors.Select(parameter => TensorData.Of(parameter.Name, [.. parameter.Shape.Select(axis => axis.Length)], trainer.Storage.Read(parameter))),
                TensorData.Of("contexts", [examples, trainer.Data.Examples.Block], [.. trainer.Data.Examples.Contexts.Take(examples * trainer.Data.Examples.Block).Select(token => (long)token)]),
                Targets(examples),
                Rows(examples, batches),
                TensorData.Of("sizes", [6], [trainer.Data.Vocabulary.Count, Settings.Block, Embed, Settings.Hidden, Settings.Layers, (long)Settings.Heads]),
            ]);
    }

    /// <inheritdoc/>
    public void Dispose() => trainer.Dispose();

    int Embed => ModelCatalog.Sizes(Settings.Model).Contains(nameof(ModelSettings.Width)) ? Settings.Width : Settings.Embed;

    // Of lines, with −1 at every position after the end, which makemore.py ignores.
    TensorData Targets(int examples)
    {
        var (targets, block) = (trainer.Data.Examples.Targets, trainer.Data.Examples.Block);
        return trainer.Data.Examples.Lengths is { } lengths
            ? TensorData.Of("targets", [examples, block], [.. targets.Take(examples * block).Select((token, i) => i % block < lengths[i / block] ? token : -1L)])
            : TensorData.Of("targets", [examples], [.. targets.Take(examples).Select(token => (long)token)]);
    }

    // What the trainer draws: from one generator, after the parameters.
    TensorData Rows(int examples, int batches)
    {
        var random = new TorchRandom(options.Seed);
        using (var storage = new Storage())
            storage.Initialize(trainer.Model.Tensors, random);
        var rows = new int[batches * options.Batch];
        foreach (var batch in Enumerable.Range(0, batches))
            random.RandInt(0, examples, rows.AsSpan(batch * options.Batch, options.Batch));
        return TensorData.Of("rows", [batches, options.Batch], [.. rows.Select(row => (long)row)]);
    }
}

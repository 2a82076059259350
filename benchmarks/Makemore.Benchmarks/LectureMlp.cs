using System.Runtime.InteropServices;
using Makemore.Models;
using Makemore.Tensors.Roslyn;
using Makemore.Text;
using Makemore.Training;

namespace Makemore.Benchmarks;

/// <summary>The lecture's MLP in training on the built-in names: block 3, embed 10, hidden 200, batch 32, SGD with rate 0.1.</summary>
sealed class LectureMlp : IDisposable
{
    static readonly TrainingOptions Options = new() { Steps = 1_000_000_000, LearningRates = [0.1] };

    readonly TrainingData data = new(BuiltInDataset.Load("names"), new ModelSettings().Block);
    readonly LanguageModel model;
    readonly Trainer trainer;
    int steps;

    /// <summary>The model, compiled and initialised.</summary>
    /// <param name="settings">Other sizes than the lecture's; the block is the same.</param>
    /// <param name="threads">How many threads share a step.</param>
    public LectureMlp(ModelSettings? settings = null, int threads = 1)
    {
        model = ModelCatalog.Create(settings ?? new(), data.Vocabulary.Count);
        trainer = new Trainer(model, data, Options, RoslynCompiler.Backend, threads: threads);
    }

    /// <summary>One whole step: draws the rows, gathers, forward, backward, update.</summary>
    /// <returns>The batch's loss.</returns>
    public float Step() => trainer.Step(steps++);

    /// <summary>Writes the weights, the examples to learn from and the seed as <c>benchmarks/pytorch/mlp.py</c> reads them.</summary>
    public void Export(string folder)
    {
        foreach (var parameter in model.Parameters)
            Write<float>(folder, $"{parameter.Name}.f32", trainer.Storage.Read(parameter));
        var examples = data.Train.End.Value;
        Write<long>(folder, "contexts.i64", [.. data.Examples.Contexts.Take(examples * data.Examples.Block)]);
        Write<long>(folder, "targets.i64", [.. data.Examples.Targets.Take(examples)]);
        Write<long>(folder, "generator.i64", [Options.Seed]);
    }

    /// <inheritdoc/>
    public void Dispose() => trainer.Dispose();

    static void Write<T>(string folder, string name, ReadOnlySpan<T> values)
        where T : unmanaged =>
        File.WriteAllBytes(Path.Combine(folder, name), MemoryMarshal.AsBytes(values));
}

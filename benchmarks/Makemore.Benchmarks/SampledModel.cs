using System.Diagnostics;
using System.Runtime.InteropServices;
using Makemore.Models;
using Makemore.Sampling;
using Makemore.Tensors.Roslyn;
using Makemore.Text;
using Makemore.Training;

namespace Makemore.Benchmarks;

/// <summary>A model of the built-in names that was trained a little, so that what it makes is as long as names are.</summary>
sealed class SampledModel : IDisposable
{
    readonly Trainer trainer;
    readonly IPredictor predictor;
    readonly IEnumerator<string> lines;

    /// <summary>The model, trained, compiled and warm.</summary>
    /// <param name="name">Its name, of makemore.py's or the lectures' sizes.</param>
    /// <param name="steps">Steps of its usual training.</param>
    public SampledModel(string name, int steps)
    {
        trainer = DefaultTraining.Begin(name, BuiltInDataset.Load("names"), RoslynCompiler.Backend, threads: 1);
        for (var step = 0; step < steps; step++)
            trainer.Step(step);
        predictor = trainer.Model.Predictor(trainer.Storage, RoslynCompiler.Backend);
        lines = new Sampler(predictor, trainer.Data.Vocabulary).Sample(1).GetEnumerator();
    }

    /// <summary>Makes names.</summary>
    /// <returns>The seconds that took, and their characters with their ends.</returns>
    public (double Seconds, long Characters) Sample(int count)
    {
        var characters = 0L;
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < count && lines.MoveNext(); i++)
            characters += lines.Current.Length + 1;
        return (ExactTime.Since(began), characters);
    }

    /// <summary>Writes the parameters, a file each.</summary>
    public void Export(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var parameter in trainer.Model.Parameters)
            File.WriteAllBytes(Path.Combine(folder, $"{parameter.Name}.f32"), MemoryMarshal.AsBytes<float>(trainer.Storage.Read(parameter)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lines.Dispose();
        predictor.Dispose();
        trainer.Dispose();
    }
}

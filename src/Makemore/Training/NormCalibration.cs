using Makemore.Models.Layers;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Running;
using Makemore.Text;

namespace Makemore.Training;

/// <summary>
/// Sets the running statistics of a model's norms to what they are over many examples at once, as lecture part 3 does after training. A norm
/// sees what comes of those before it, so they are set in that order.
/// </summary>
static class NormCalibration
{
    /// <summary>Sets them.</summary>
    /// <param name="programs">The model's programs.</param>
    /// <param name="backend">What compiles them.</param>
    /// <param name="storage">The model's parameters and the examples.</param>
    /// <param name="examples">All examples.</param>
    /// <param name="part">Which of them.</param>
    public static void Run(LanguageModelProgram programs, IBackend backend, Storage storage, Examples examples, Range part)
    {
        foreach (var (program, batch, norm) in programs.Calibrate())
        {
            using var routine = new Routine(program, backend, storage);
            var features = norm.Mean.Shape.Elements;
            var (sums, squares, seen) = (new double[features], new double[features], 0L);
            var valuesOfExample = norm.Values.Shape.Elements / batch.Numbers.Shape.Elements;
            ExampleChunks.Run(routine, batch, storage, examples, part, (values, some) =>
            {
                for (var i = 0; i < some * valuesOfExample; i++)
                {
                    sums[i % features] += values[i];
                    squares[i % features] += (double)values[i] * values[i];
                }

                seen += some * valuesOfExample / features;
            });
            Write(norm, storage, sums, squares, seen);
        }
    }

    static void Write(NormalizedValues norm, Storage storage, double[] sums, double[] squares, long seen)
    {
        var (means, spreads) = (new float[sums.Length], new float[sums.Length]);
        for (var i = 0; i < sums.Length; i++)
        {
            var variance = Math.Max(0, squares[i] - (sums[i] * sums[i] / seen)) / Math.Max(1, seen - 1);
            means[i] = (float)(sums[i] / seen);
            spreads[i] = (float)(norm.KeepsDeviation ? Math.Sqrt(variance) : variance);
        }

        storage.Write(norm.Mean, means);
        storage.Write(norm.Spread, spreads);
    }
}

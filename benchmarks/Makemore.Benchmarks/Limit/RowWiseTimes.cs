using System.Diagnostics;
using System.Globalization;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Roslyn;
using Makemore.Tensors.Running;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Benchmarks.Limit;

/// <summary>How long compiled loops over 64 rows of 64 numbers take: everything stays in the first-level cache.</summary>
/// <param name="Name">What they compute.</param>
/// <param name="Nanoseconds">The time for 16 numbers.</param>
sealed record RowWiseTimes(string Name, double Nanoseconds)
{
    const int Trials = 20_000;

    static readonly Axis Row = new("row", 64), Feature = new("feature", 64);

    /// <summary>Measures elementwise functions, softmax and layer norm.</summary>
    public static IReadOnlyList<RowWiseTimes> Measure()
    {
        var x = new Input("x", [Row, Feature]);
        Input weight = new("weight", [Feature]), bias = new("bias", [Feature]);
        return
        [
            Measure("exp", x, Exp(x)),
            Measure("tanh", x, Tanh(x)),
            Measure("sigmoid", x, Sigmoid(x)),
            Measure("GELU", x, Gelu(x)),
            Measure("softmax", x, Softmax(x, [Feature])),
            Measure("layer norm", x, LayerNorm(x, [Feature], weight, bias)),
        ];
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} {Nanoseconds:F2} ns");

    static RowWiseTimes Measure(string name, Input x, Tensor result)
    {
        using var storage = new Storage();
        storage.Write(x, [.. Enumerable.Range(0, x.Shape.Elements).Select(i => 4f * (i + 1) / x.Shape.Elements)]);
        using var routine = new Routine(Tensors.Programs.Program.Of("rows", [result]), RoslynCompiler.Backend, storage);
        var best = double.PositiveInfinity;
        for (var trial = 0; trial < Trials; trial++)
        {
            var began = Stopwatch.GetTimestamp();
            routine.Run();
            best = Math.Min(best, ExactTime.Since(began));
        }

        return new(name, best * 1e9 * 16 / x.Shape.Elements);
    }
}

using System.Globalization;
using Makemore.Models;
using Makemore.Tensors.Kernels;
using Makemore.Training;

namespace Makemore.Benchmarks;

/// <summary>A training step of microgpt beside a C program that was written by hand for nothing else (EEmicroGPT).</summary>
/// <remarks>
/// The C program is not at hand: its times are those of another machine, whose rate of multiply-adds is known. What it would take here is
/// not more than an estimate, made by the ratio of the rates.
/// </remarks>
sealed class MicroGptBenchmark : IBenchmark
{
    const int Batch = 16;
    const int Rounds = 20;
    const double SecondsOfRound = 0.1;

    // In microseconds a step, and GFLOP/s, of its one core.
    const double PeakOfItsMachine = 280;
    static readonly (int Width, double Time, double Asked)[] Program = [(16, 85, 2), (32, 266, 3), (64, 1108, 4)];

    static readonly TrainingOptions Options = new() { Batch = Batch, LearningRates = [0.01], Optimizer = new() { Kind = OptimizerKind.Adam, Beta1 = 0.85, Beta2 = 0.99 } };

    /// <inheritdoc/>
    public string Name => "microgpt";

    /// <inheritdoc/>
    public string Summary => "a training step of microgpt at three widths, beside the times of a C program on another machine";

    /// <inheritdoc/>
    public BenchmarkResult Run(TextWriter log)
    {
        var peak = Peak.Measure(1000);
        var table = new MarkdownTable("microgpt, width", "1 thread", "2 threads", "C program, its machine", "ratio", "at equal peaks", "asked");
        var missed = new List<string>();
        foreach (var (width, theirs, asked) in Program)
        {
            var settings = ModelCatalog.Initial("microgpt") with { Layers = 1, Width = width };
            using ModelInTraining alone = new(settings, Options), shared = new(settings, Options, threads: 2);
            var (one, two) = (new StepTimes(), new StepTimes());
            for (var round = 0; round < Rounds; round++)
            {
                one.MeasureFor(() => alone.Step(), SecondsOfRound);
                two.MeasureFor(() => shared.Step(), SecondsOfRound);
                peak = Math.Max(peak, Peak.Measure());
            }

            var ratio = theirs / one.Percentile10;
            var equal = ratio * PeakOfItsMachine / peak;
            table.Add($"{width}", one.Text, two.Text, $"{theirs:N0} µs", Times(ratio), Times(equal), Times(asked));
            if (ratio < asked)
                missed.Add($"width {width} {Times(ratio)} of {Times(asked)}");
        }

        return new(
            table,
            [
                $"10th percentiles of single steps of {Batch} names, everything included, with Adam: one layer of four heads, 16 positions.",
                $"The C program (EEmicroGPT, intrinsics written by hand) was measured on a machine whose core does {PeakOfItsMachine:F0} GFLOP/s of multiply-adds;"
                    + $" this one does {peak:F0}. The ratio takes its times as they are; at equal peaks they are scaled by the two rates, which is an estimate.",
                missed.Count == 0 ? "All that is asked is reached." : $"Below what is asked: {string.Join(", ", missed)}.",
                $"{Machine.Description}.",
            ],
            []);
    }

    static string Times(double ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio:F1}×");
}

using System.Globalization;
using Makemore.Models;

namespace Makemore.Benchmarks;

/// <summary>A training step on one thread and on two, in turn: what a second thread is worth on this machine.</summary>
sealed class ThreadsBenchmark : IBenchmark
{
    const int Warmup = 200;
    const int Steps = 300;
    const int Rounds = 7;

    static readonly (string Name, ModelSettings Settings)[] Models =
        [("lecture MLP, hidden 200", new()), ("MLP, embed 32, hidden 1024", new() { Embed = 32, Hidden = 1024 })];

    /// <inheritdoc/>
    public string Name => "threads";

    /// <inheritdoc/>
    public string Summary => "training steps on one thread and on two; fails unless both learn the same bits";

    /// <inheritdoc/>
    public BenchmarkResult Run(TextWriter log)
    {
        var table = new MarkdownTable("training step", "1 thread", "2 threads", "speed-up");
        var failures = new List<string>();
        foreach (var (name, settings) in Models)
        {
            using ModelInTraining alone = new(settings, new()), shared = new(settings, new(), threads: 2);
            var (one, two) = (new StepTimes(), new StepTimes());
            new StepTimes().Measure(() => alone.Step(), Warmup);
            new StepTimes().Measure(() => shared.Step(), Warmup);
            for (var round = 0; round < Rounds; round++)
            {
                one.Measure(() => alone.Step(), Steps);
                two.Measure(() => shared.Step(), Steps);
            }

            table.Add(name, one.Text, two.Text, string.Create(CultureInfo.InvariantCulture, $"{one.Percentile10 / two.Percentile10:F2}×"));
            if (alone.Step() != shared.Step())
                failures.Add($"{name}: the losses on one thread and on two differ");
        }

        return new(table, [$"10th percentile of {Rounds * Steps:N0} steps of batch 32; {Machine.Description}."], failures);
    }
}

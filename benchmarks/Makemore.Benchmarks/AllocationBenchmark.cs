using Makemore.Models;
using Makemore.Training;

namespace Makemore.Benchmarks;

/// <summary>What a training step leaves to the garbage collector: nothing, whatever the model.</summary>
sealed class AllocationBenchmark : IBenchmark
{
    const int Warmup = 100;
    const int Steps = 400;

    /// <inheritdoc/>
    public string Name => "allocations";

    /// <inheritdoc/>
    public string Summary => "the bytes that a training step of each model allocates; fails unless there are none";

    /// <inheritdoc/>
    public BenchmarkResult Run(TextWriter log)
    {
        var table = new MarkdownTable("training step", "bytes allocated a step", "collections");
        var failures = new List<string>();
        foreach (var name in ModelCatalog.Available.Keys.Where(name => !ModelCatalog.IsCounted(name)))
        {
            using var model = new ModelInTraining(ModelCatalog.Initial(name), DefaultTraining.Of(name));
            var allocations = Allocations.Of(() => model.Step(), Warmup, Steps);
            table.Add(name, $"{allocations.BytesPerStep}", $"{allocations.Collections}");
            failures.AddRange(allocations.Failures.Select(failure => $"{name}: {failure}"));
        }

        return new(table, [$"Over {Steps:N0} steps of each model's own training."], failures);
    }
}

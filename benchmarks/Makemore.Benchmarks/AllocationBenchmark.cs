namespace Makemore.Benchmarks;

/// <summary>What a training step leaves to the garbage collector: nothing.</summary>
sealed class AllocationBenchmark : IBenchmark
{
    const int Warmup = 100;
    const int Steps = 1000;

    /// <inheritdoc/>
    public string Name => "allocations";

    /// <inheritdoc/>
    public string Summary => "the bytes that a training step allocates; fails unless there are none";

    /// <inheritdoc/>
    public BenchmarkResult Run(TextWriter log)
    {
        using var mlp = new LectureMlp();
        var allocations = Allocations.Of(() => mlp.Step(), Warmup, Steps);
        var table = new MarkdownTable("training step", "bytes allocated a step", "collections");
        table.Add("MLP", $"{allocations.BytesPerStep}", $"{allocations.Collections}");
        return new(table, [$"Over {Steps:N0} steps."], [.. allocations.Failures]);
    }
}

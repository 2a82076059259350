namespace Makemore.Benchmarks.VersusPyTorch;

/// <summary>The training step of one model beside PyTorch's: every way to do it, and how its times are spread.</summary>
sealed class StepVersusPyTorch(ComparedModel model) : IBenchmark
{
    /// <inheritdoc/>
    public string Name => $"vs-pytorch {model.Name}";

    /// <inheritdoc/>
    public string Summary => $"a training step beside PyTorch's: {model.Title}";

    /// <inheritdoc/>
    public BenchmarkResult Run(TextWriter log)
    {
        var comparison = StepComparison.Run(model, log);
        var (ours, best) = (comparison.Alone, comparison.Best);
        var remarks = new[]
        {
            $"**{comparison.Ratio:F1} times** as fast as the best of PyTorch ({best.Way}), 10th percentile to 10th percentile"
                + $" (minimum {best.Times.Minimum / ours.Minimum:F1}, median {best.Times.Median / ours.Median:F1}).",
            $"A step draws the rows of its batch, gathers them, runs forward and backward, and updates. {StepComparison.HowMeasured}"
                + $" Allocated: {comparison.Allocations.BytesPerStep} bytes a step.",
            comparison.About,
        };
        return new(Table(comparison), remarks, comparison.Failures);
    }

    MarkdownTable Table(StepComparison comparison)
    {
        var table = new MarkdownTable($"training step of {model.Title}", "minimum", "10th percentile", "median", "steps/s", "ratio");
        Add("**Makemore**, 1 thread", comparison.Alone);
        Add("**Makemore**, 2 threads", comparison.Shared);
        foreach (var contender in comparison.Contenders)
            Add(contender.Name, contender.Times);
        return table;

        void Add(string name, StepTimes times) => table.Add(
            name,
            StepTimes.Read(times.Minimum),
            times.Text,
            StepTimes.Read(times.Median),
            $"{times.PerSecond:N0}",
            $"{times.Percentile10 / comparison.Alone.Percentile10:F1}");
    }
}

namespace Makemore.Benchmarks.VersusPyTorch;

/// <summary>A layer, forward and backward, beside the same layer in PyTorch, in turn.</summary>
/// <param name="name">Its name on the command line.</param>
/// <param name="title">What it is.</param>
/// <param name="create">Makes ours.</param>
/// <param name="formulations">The ways in which PyTorch does it.</param>
sealed class LayerVersusPyTorch(string name, string title, Func<ComparedLayer> create, params string[] formulations) : IBenchmark
{
    const int Rounds = 20;
    const int StepsPerRound = 200;
    const double Agreement = 1e-4;
    const double Demanded = 5;

    /// <inheritdoc/>
    public string Name => $"vs-pytorch {name}";

    /// <inheritdoc/>
    public string Summary => $"{title}, forward and backward, beside PyTorch's";

    /// <inheritdoc/>
    public BenchmarkResult Run(TextWriter log)
    {
        using var layer = create();
        using var folder = new TemporaryFolder();
        layer.Export(folder.Path);
        using PyTorchProcess single = new("layers.py", folder.Path, 1), both = new("layers.py", folder.Path, 2);
        Contender[] contenders = [.. from process in (PyTorchProcess[])[single, both] from formulation in formulations select new Contender(process, formulation)];
        var machine = $"{Machine.Description}; {single.Ask("about")}.";
        log.WriteLine(machine);
        var difference = contenders.Max(contender => layer.Sums().Zip(contender.FirstLosses(1), (ours, theirs) => Math.Abs(ours - theirs) / Math.Abs(theirs)).Max());
        log.WriteLine($"same computation: the result's sum and those of the gradients' squares differ by at most {difference:E1} of their size");
        var allocations = Allocations.Of(layer.Step, StepsPerRound, StepsPerRound);

        var ours = new StepTimes();
        foreach (var contender in contenders)
            contender.WarmUp(StepsPerRound);
        for (var round = 0; round < Rounds; round++)
        {
            PyTorchProcess.LetCalmDown();
            ours.Measure(layer.Step, StepsPerRound);
            foreach (var contender in contenders)
                contender.Measure(StepsPerRound);
        }

        var best = contenders.MinBy(contender => contender.Times.Percentile10)!;
        var ratio = best.Times.Percentile10 / ours.Percentile10;
        var table = new MarkdownTable($"{title}, forward and backward", "minimum", "10th percentile", "median", "ratio");
        foreach (var (way, times) in contenders.Select(contender => (contender.Name, contender.Times)).Prepend(("**Makemore**, 1 thread", ours)))
            table.Add(way, $"{times.Minimum:F1} µs", $"{times.Percentile10:F1} µs", $"{times.Median:F1} µs", $"{times.Percentile10 / ours.Percentile10:F1}");
        List<string> failures = [.. allocations.Failures];
        if (!(difference <= Agreement))
            failures.Add($"{name}: sums differ from PyTorch's by {difference:E1}");
        if (ratio < Demanded)
            failures.Add($"{name}: {ratio:F1} times as fast as PyTorch; at least {Demanded:F0} is demanded");
        return new(
            table,
            [
                $"**{ratio:F1} times** as fast as the best of PyTorch ({best.Name[9..]}), 10th percentile to 10th percentile"
                    + $" (minimum {best.Times.Minimum / ours.Minimum:F1}, median {best.Times.Median / ours.Median:F1}).",
                $"Batch 32, 16 positions, 64 features. {Rounds} rounds of {StepsPerRound} single passes each, in turn. Allocated: {allocations.BytesPerStep} bytes a pass.",
                machine,
            ],
            failures);
    }
}

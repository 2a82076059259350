namespace Makemore.Benchmarks.VersusPyTorch;

/// <summary>The training step of the lecture's MLP beside the same step in PyTorch, in turn.</summary>
sealed class MlpVersusPyTorch : IBenchmark
{
    const int Rounds = 20;
    const int StepsPerRound = 300;
    const int ComparedSteps = 100;
    const double Agreement = 1e-4;

    // PyTorch's threads spin for a while when they have nothing to do, on a core that whoever comes next should have.
    static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(150);

    /// <inheritdoc/>
    public string Name => "vs-pytorch mlp";

    /// <inheritdoc/>
    public string Summary => "a training step of the lecture's MLP beside PyTorch's";

    /// <inheritdoc/>
    public BenchmarkResult Run(TextWriter log)
    {
        using var mlp = new LectureMlp();
        using var folder = new TemporaryFolder();
        mlp.Export(folder.Path);
        using var single = new PyTorchProcess("mlp.py", folder.Path, 1);
        using var both = new PyTorchProcess("mlp.py", folder.Path, 2);
        Contender[] contenders = [new(single, "lecture"), new(single, "fast"), new(both, "lecture"), new(both, "fast")];
        var machine = $"{Machine.Description}; {single.Ask("about")}.";
        log.WriteLine(machine);

        var difference = LargestDifference(mlp, contenders);
        log.WriteLine($"same computation: the losses of the first {ComparedSteps} steps differ by at most {difference:E1} of their size");
        var allocations = Allocations.Of(() => mlp.Step(), StepsPerRound, 1000);
        log.WriteLine($"allocated bytes a step: {allocations.BytesPerStep}; collections: {allocations.Collections}");
        var ours = Measure(mlp, contenders);

        var best = contenders.MinBy(contender => contender.Times.Percentile10)!;
        var remarks = new[]
        {
            $"**{best.Times.Percentile10 / ours.Percentile10:F1} times** as fast as the best of PyTorch ({best.Name[9..]}), 10th percentile to 10th percentile"
                + $" (minimum {best.Times.Minimum / ours.Minimum:F1}, median {best.Times.Median / ours.Median:F1}).",
            $"A step draws the rows of its batch, gathers them, runs forward and backward, and updates: block 3, embed 10, hidden 200, batch 32."
                + $" {Rounds} rounds of {StepsPerRound} single steps each, in turn. Allocated: {allocations.BytesPerStep} bytes a step.",
            machine,
        };
        var failures = allocations.Failures.ToList();
        if (!(difference <= Agreement))
            failures.Add($"the losses of the first {ComparedSteps} steps differ from PyTorch's by {difference:E1}");
        return new(Table(ours, contenders), remarks, failures);
    }

    // From the same weights on the same batches both must lose the same.
    static double LargestDifference(LectureMlp mlp, Contender[] contenders)
    {
        var losses = Enumerable.Range(0, ComparedSteps).Select(_ => (double)mlp.Step()).ToArray();
        return contenders.Max(contender => losses.Zip(contender.FirstLosses(ComparedSteps), (ours, theirs) => Math.Abs(ours - theirs) / theirs).Max());
    }

    static StepTimes Measure(LectureMlp mlp, Contender[] contenders)
    {
        var ours = new StepTimes();
        foreach (var contender in contenders)
            contender.WarmUp(StepsPerRound);
        for (var round = 0; round < Rounds; round++)
        {
            Thread.Sleep(Calm);
            ours.Measure(() => mlp.Step(), StepsPerRound);
            foreach (var contender in contenders)
                contender.Measure(StepsPerRound);
        }

        return ours;
    }

    static MarkdownTable Table(StepTimes ours, Contender[] contenders)
    {
        var table = new MarkdownTable("training step of the MLP", "minimum", "10th percentile", "median", "steps/s", "ratio");
        Add("**Makemore**, 1 thread", ours);
        foreach (var contender in contenders)
            Add(contender.Name, contender.Times);
        return table;

        void Add(string name, StepTimes times) => table.Add(
            name,
            $"{times.Minimum:F1} µs",
            $"{times.Percentile10:F1} µs",
            $"{times.Median:F1} µs",
            $"{times.PerSecond:N0}",
            $"{times.Percentile10 / ours.Percentile10:F1}");
    }
}

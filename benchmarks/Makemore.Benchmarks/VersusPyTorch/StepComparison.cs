using System.Globalization;

namespace Makemore.Benchmarks.VersusPyTorch;

/// <summary>A model's training step beside the same step in PyTorch, in turn: the same weights and, at first, the same batches.</summary>
sealed class StepComparison
{
    const int Rounds = 12;
    const double SecondsOfRound = 0.1;
    const int ComparedSteps = 30;
    const double Agreement = 1e-4;

    /// <summary>How it is measured.</summary>
    public static string HowMeasured { get; } = string.Create(CultureInfo.InvariantCulture, $"{Rounds} rounds of some {SecondsOfRound:0.#} s each, in turn.");

    /// <summary>Our steps on one thread.</summary>
    public StepTimes Alone { get; } = new();

    /// <summary>Our steps on two threads.</summary>
    public StepTimes Shared { get; } = new();

    /// <summary>PyTorch's.</summary>
    public IReadOnlyList<Contender> Contenders { get; private set; } = [];

    /// <summary>The fastest of them.</summary>
    public Contender Best => Contenders.MinBy(contender => contender.Times.Percentile10)!;

    /// <summary>How many times as fast as the best of PyTorch a step on one thread is, 10th percentile to 10th percentile.</summary>
    public double Ratio => Best.Times.Percentile10 / Alone.Percentile10;

    /// <summary>And on two threads.</summary>
    public double RatioOfTwo => Best.Times.Percentile10 / Shared.Percentile10;

    /// <summary>And on one or two, whichever is faster: what a training does that may use two.</summary>
    public double RatioOfAny => Math.Max(Ratio, RatioOfTwo);

    /// <summary>What a step leaves to the garbage collector.</summary>
    public Allocations Allocations { get; private set; }

    /// <summary>The machine and its PyTorch.</summary>
    public string About { get; private set; } = "";

    /// <summary>What ought to be otherwise: another loss than PyTorch's, or on two threads than on one; memory that is allocated.</summary>
    public IReadOnlyList<string> Failures { get; private set; } = [];

    /// <summary>Measures.</summary>
    /// <param name="model">What is compared.</param>
    /// <param name="log">Where to tell how near the losses are.</param>
    public static StepComparison Run(ComparedModel model, TextWriter log)
    {
        using ModelInTraining alone = new(model.Settings, model.Options), shared = new(model.Settings, model.Options, threads: 2);
        using var folder = new TemporaryFolder();
        var file = folder[$"{model.Name}.safetensors"];
        alone.Export(file, ComparedSteps);
        using PyTorchProcess single = new("models.py", file, 1), both = new("models.py", file, 2);
        var formulations = single.Ask("formulations").Split(' ');
        var comparison = new StepComparison
        {
            Contenders = [.. from process in (PyTorchProcess[])[single, both] from formulation in formulations select new Contender(process, formulation)],
            About = $"{Machine.Description}; {single.Ask("about")}.",
        };
        comparison.Check(model.Name, alone, shared, log);
        comparison.Measure(alone, shared);
        return comparison;
    }

    // From the same weights on the same batches all must lose the same, and our threads the same bits.
    void Check(string model, ModelInTraining alone, ModelInTraining shared, TextWriter log)
    {
        var failures = new List<string>();
        var losses = Enumerable.Range(0, ComparedSteps).Select(_ => (double)alone.Step()).ToArray();
        var difference = Contenders.DistinctBy(contender => contender.Formulation).Max(contender => losses.Zip(contender.FirstLosses(ComparedSteps), (ours, theirs) => Math.Abs(ours - theirs) / theirs).Max());
        log.WriteLine($"{model}: the losses of the first {ComparedSteps} steps differ from PyTorch's by at most {difference:E1} of their size");
        if (!(difference <= Agreement))
            failures.Add($"{model}: the losses of the first {ComparedSteps} steps differ from PyTorch's by {difference:E1}");
        if (!losses.All(loss => loss == shared.Step()))
            failures.Add($"{model}: the losses on one thread and on two differ");
        Allocations = Allocations.Of(() => alone.Step(), ComparedSteps, ComparedSteps);
        Failures = [.. failures, .. Allocations.Failures.Select(failure => $"{model}: {failure}")];
    }

    void Measure(ModelInTraining alone, ModelInTraining shared)
    {
        new StepTimes().MeasureFor(() => alone.Step(), SecondsOfRound);
        new StepTimes().MeasureFor(() => shared.Step(), SecondsOfRound);
        foreach (var contender in Contenders)
            contender.WarmUp(SecondsOfRound);
        for (var round = 0; round < Rounds; round++)
        {
            PyTorchProcess.LetCalmDown();
            Alone.MeasureFor(() => alone.Step(), SecondsOfRound);
            Shared.MeasureFor(() => shared.Step(), SecondsOfRound);
            foreach (var contender in Contenders)
                contender.Measure(SecondsOfRound);
        }
    }
}

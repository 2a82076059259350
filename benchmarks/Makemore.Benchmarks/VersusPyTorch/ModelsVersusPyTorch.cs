namespace Makemore.Benchmarks.VersusPyTorch;

/// <summary>The training step of every compared model beside PyTorch's at its best.</summary>
sealed class ModelsVersusPyTorch : IBenchmark
{
    /// <inheritdoc/>
    public string Name => "vs-pytorch models";

    /// <inheritdoc/>
    public string Summary => "a training step of each of these models beside PyTorch's at its best";

    /// <inheritdoc/>
    public BenchmarkResult Run(TextWriter log)
    {
        var table = new MarkdownTable("training step", "1 thread", "2 threads", "PyTorch", "its best way", "ratio", "of 2 threads", "asked");
        var (about, missed, failures) = ("", new List<string>(), new List<string>());
        foreach (var model in ComparedModel.All)
        {
            var compared = StepComparison.Run(model, log);
            var best = compared.Best;
            table.Add(model.Title, compared.Alone.Text, compared.Shared.Text, best.Times.Text, best.Way, Times(compared.Ratio), Times(compared.RatioOfTwo), Asked(model));
            log.WriteLine($"{model.Name}: {compared.Alone.Text}, on two threads {compared.Shared.Text}; PyTorch {best.Times.Text} ({best.Way})");
            if (compared.Ratio < model.Asked)
                missed.Add($"{model.Title} {Times(compared.Ratio)} of {model.Asked}×");
            if (compared.RatioOfAny < model.AskedOfTwo)
                missed.Add($"{model.Title} with two threads at hand {Times(compared.RatioOfAny)} of {model.AskedOfTwo}×");
            about = compared.About;
            failures.AddRange(compared.Failures);
        }

        return new(
            table,
            [
                "10th percentiles of single steps of batch 32, everything included: draw and gather the batch, forward, backward, update (gradient descent for the"
                    + $" lectures' models, AdamW for the others). {StepComparison.HowMeasured}",
                "With two threads at hand, a training takes one or both, whichever it finds faster as it goes; the second number asked is compared with that.",
                missed.Count == 0 ? "All that is asked is reached." : $"Below what is asked: {string.Join(", ", missed)}.",
                about,
            ],
            failures);
    }

    static string Asked(ComparedModel model) => (model.Asked, model.AskedOfTwo) switch
    {
        ({ } one, { } two) => $"{one}×, {two}×",
        ({ } one, null) => $"{one}×",
        _ => "",
    };

    static string Times(double ratio) => $"{ratio:F1}×";
}

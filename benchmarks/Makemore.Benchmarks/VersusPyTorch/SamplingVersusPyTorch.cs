using System.Globalization;

namespace Makemore.Benchmarks.VersusPyTorch;

/// <summary>Names a second, beside PyTorch's in a batch.</summary>
sealed class SamplingVersusPyTorch : IBenchmark
{
    const int Rounds = 7;
    const double Agreement = 0.05;

    const int NamesAtATime = 1000;

    static readonly (string Model, int TrainingSteps)[] Models = [("mlp", 5000), ("transformer", 500)];

    // How long each has in a round: some of it undisturbed by others on the machine.
    static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(200);

    // Calls cost PyTorch much, so more lines at once may be faster; none of them ends before the longest does.
    static readonly int[] Batches = [64, 512];

    /// <inheritdoc/>
    public string Name => "sampling";

    /// <inheritdoc/>
    public string Summary => "names a second of the MLP and the Transformer, beside PyTorch's";

    /// <inheritdoc/>
    public BenchmarkResult Run(TextWriter log)
    {
        using var folder = new TemporaryFolder();
        var models = Models.Select(model => (model.Model, Ours: new SampledModel(model.Model, model.TrainingSteps))).ToList();
        models.ForEach(model => model.Ours.Export(Path.Combine(folder.Path, model.Model)));
        using var single = new PyTorchProcess("sampling.py", folder.Path, 1);
        using var both = new PyTorchProcess("sampling.py", folder.Path, 2);
        var table = new MarkdownTable("names", "at once", "best names/s", "median names/s", "ratio");
        var failures = new List<string>();
        foreach (var (model, ours) in models)
        {
            var makers = new List<Maker> { new("**Makemore**, 1 thread", Sampling.Sampler.LinesAtOnce, () => Times(ours.Sample(NamesAtATime))) };
            foreach (var (process, batch) in from process in (PyTorchProcess[])[single, both] from batch in Batches select (process, batch))
                makers.Add(new($"PyTorch, {process.Threads}", batch, () => process.AskNumbers($"sample {model} {batch}")));
            for (var round = 0; round < Rounds; round++)
            {
                PyTorchProcess.LetCalmDown();
                makers.ForEach(maker => maker.Make());
            }

            log.WriteLine($"{model}: {string.Join(", ", makers.Select(maker => string.Create(CultureInfo.InvariantCulture, $"{maker.CharactersPerName:F2}")))} characters a name");
            var best = makers[0].Best;
            foreach (var maker in makers)
                table.Add($"{model}: {maker.Name}", $"{maker.AtOnce:N0}", $"{maker.Best:N0}", $"{maker.Median:N0}", string.Create(CultureInfo.InvariantCulture, $"{best / maker.Best:F1}"));
            failures.AddRange(makers.Where(maker => Math.Abs((maker.CharactersPerName / makers[0].CharactersPerName) - 1) > Agreement)
                .Select(maker => $"{model}: {maker.Name}, {maker.AtOnce} at once, makes names of {maker.CharactersPerName:F2} characters, and Makemore of {makers[0].CharactersPerName:F2}"));
            ours.Dispose();
        }

        return new(table, [$"{Rounds} rounds in turn. PyTorch samples as makemore.py does, with all lines in a batch and those that have ended left out.", $"{Machine.Description}; {single.Ask("about")}."], failures);
    }

    static double[] Times((double Seconds, long Characters) made) => [made.Seconds, NamesAtATime, made.Characters];

    sealed class Maker(string name, int atOnce, Func<double[]> make)
    {
        readonly List<double> speeds = [];
        double names, characters;

        public string Name => name;

        public int AtOnce => atOnce;

        public double Best => speeds.Max();

        public double Median => speeds.Order().ElementAt(speeds.Count / 2);

        public double CharactersPerName => characters / names;

        public void Make()
        {
            var seconds = 0.0;
            while (seconds < Turn.TotalSeconds)
            {
                var made = make();
                speeds.Add(made[1] / made[0]);
                (seconds, names, characters) = (seconds + made[0], names + made[1], characters + made[2]);
            }
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using Makemore.Models;
using Makemore.Tensors.Roslyn;
using Makemore.Text;
using Makemore.Training;

namespace Makemore.Benchmarks;

/// <summary>How well every model learns the lectures' names with the sizes and the training it has unless told otherwise.</summary>
sealed class LossesBenchmark : IBenchmark
{
    /// <inheritdoc/>
    public string Name => "losses";

    /// <inheritdoc/>
    public string Summary => "what every model reaches on the lectures' names, as it is trained by default; takes a quarter of an hour";

    /// <inheritdoc/>
    public BenchmarkResult Run(TextWriter log)
    {
        var corpus = Corpus.Load(Repository.LectureNames);
        var table = new MarkdownTable("model", "parameters", "time", "train", "dev", "dev, no name twice");
        foreach (var model in ModelCatalog.Available.Keys)
        {
            var (lecture, unique) = (Learned.By(model, corpus, SplitKind.Lecture), Learned.By(model, corpus, SplitKind.Unique));
            table.Add($"`{model}`", lecture.Parameters, lecture.Time, Loss(lecture.Losses.Train), Loss(lecture.Losses.Dev), Loss(unique.Losses.Dev));
            log.WriteLine($"{model}: {lecture.Losses}; no name twice: {unique.Losses}; {lecture.Time}");
        }

        return new(
            table,
            [
                "Mean negative log-likelihood of a character, in nats. The lectures' split leaves names that stand twice in the data in both train and dev (13 % of dev); the last column is of a split of the different names alone.",
                $"One seed; the parameters with the lowest dev loss. {Machine.Description}.",
            ],
            []);
    }

    static string Loss(double loss) => loss.ToString("F4", CultureInfo.InvariantCulture);

    // What one training came to.
    sealed record Learned(string Parameters, string Time, Losses Losses)
    {
        public static Learned By(string model, Corpus corpus, SplitKind split) => ModelCatalog.IsCounted(model) ? Counted(model, corpus, split) : Trained(model, corpus, split);

        static Learned Counted(string model, Corpus corpus, SplitKind split)
        {
            var watch = Stopwatch.StartNew();
            var settings = ModelCatalog.Initial(model);
            var data = TrainingData.For(corpus, settings, split);
            using var counts = data.Counted(settings);
            return new("", $"{watch.ElapsedMilliseconds} ms", data.LossesOf(counts));
        }

        static Learned Trained(string model, Corpus corpus, SplitKind split)
        {
            using var trainer = DefaultTraining.Begin(model, corpus, RoslynCompiler.Backend, split);
            var result = trainer.Run();
            return new($"{trainer.Model.ParameterCount:N0}", $"{result.Elapsed.TotalSeconds:F0} s", result.Losses);
        }
    }
}

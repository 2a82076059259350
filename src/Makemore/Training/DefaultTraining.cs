using Makemore.Models;
using Makemore.Tensors.Backends;
using Makemore.Text;

namespace Makemore.Training;

/// <summary>How each model is trained unless told otherwise: what was found best for about half a minute of one core. <c>mlp</c> trains as in the lecture.</summary>
public static class DefaultTraining
{
    static readonly Dictionary<string, TrainingOptions> Options = new(StringComparer.Ordinal)
    {
        ["bigram"] = AdamW(steps: 20_000, batch: 256, rate: 0.02),
        ["bigram-net"] = AdamW(steps: 20_000, batch: 256, rate: 0.02),
        ["mlp-bn"] = new() { Steps = 400_000, Batch = 64, LearningRates = [0.3], Schedule = ScheduleKind.Cosine },
        ["mlp-deep"] = AdamW(steps: 120_000, batch: 64, rate: 0.003),
        ["wavenet"] = AdamW(steps: 55_000, batch: 64, rate: 0.003),
        ["wavenet-dilated"] = AdamW(steps: 40_000, batch: 64, rate: 0.001),
        ["transformer"] = AdamW(steps: 10_000, batch: 32, rate: 0.003, weightDecay: 0.1),
        ["microgpt"] = AdamW(steps: 12_000, batch: 32, rate: 0.004, weightDecay: 0.1),
        ["bow"] = AdamW(steps: 30_000, batch: 32, rate: 0.005),
        ["mlp-makemore"] = AdamW(steps: 20_000, batch: 32, rate: 0.003),
        ["rnn"] = AdamW(steps: 30_000, batch: 32, rate: 0.003, weightDecay: 0.1),
        ["gru"] = AdamW(steps: 18_000, batch: 32, rate: 0.003, weightDecay: 0.1),
        ["lstm"] = AdamW(steps: 10_000, batch: 32, rate: 0.004),
    };

    /// <summary>A model's training; the lectures' where it has none of its own.</summary>
    /// <param name="model">The model's name in the <see cref="ModelCatalog"/>.</param>
    public static TrainingOptions Of(string model) => Options.GetValueOrDefault(model) ?? new();

    /// <summary>A training about to begin of a model that is trained in steps, with the sizes and the training it has unless told otherwise.</summary>
    /// <param name="model">The model's name in the <see cref="ModelCatalog"/>.</param>
    /// <param name="corpus">What it learns.</param>
    /// <param name="backend">What compiles its programs.</param>
    /// <param name="split">How the corpus is divided.</param>
    /// <param name="seed">The seed of the parameters and of the batches; the usual one if null.</param>
    /// <param name="threads">How many threads share a step; null for as many as pay on this machine.</param>
    /// <exception cref="MakemoreException">The model is unknown or made of counts, or the corpus has too few lines for the split.</exception>
    public static Trainer Begin(string model, Corpus corpus, IBackend backend, SplitKind split = SplitKind.Lecture, long? seed = null, int? threads = null)
    {
        var options = Of(model);
        return Begin(ModelCatalog.Initial(model), corpus, options with { Seed = seed ?? options.Seed }, backend, split, threads);
    }

    /// <summary>A training about to begin of a model of any size.</summary>
    /// <param name="settings">Which model, and how large; one of whole lines gets as many positions as the longest line needs.</param>
    /// <param name="corpus">What it learns.</param>
    /// <param name="options">How.</param>
    /// <param name="backend">What compiles its programs.</param>
    /// <param name="split">How the corpus is divided.</param>
    /// <param name="threads">How many threads share a step; null for as many as pay on this machine.</param>
    /// <exception cref="MakemoreException">The model is unknown or made of counts, a size or an option makes no sense, or the corpus has too few lines for the split.</exception>
    public static Trainer Begin(ModelSettings settings, Corpus corpus, TrainingOptions options, IBackend backend, SplitKind split = SplitKind.Lecture, int? threads = null)
    {
        var fit = ModelCatalog.Fit(settings, corpus);
        var data = TrainingData.For(corpus, fit, split);
        return new Trainer(ModelCatalog.Create(fit, data.Vocabulary.Count), data, options, backend, threads: threads);
    }

    static TrainingOptions AdamW(int steps, int batch, double rate, double weightDecay = 0.01) => new()
    {
        Steps = steps,
        Batch = batch,
        LearningRates = [rate],
        Schedule = ScheduleKind.Cosine,
        Optimizer = new() { Kind = OptimizerKind.AdamW, WeightDecay = weightDecay },
    };
}

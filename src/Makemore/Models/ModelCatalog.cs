using Makemore.Models.Layers;
using Makemore.Tensors.Axes;
using Makemore.Text;

namespace Makemore.Models;

/// <summary>The models that can be asked for by name. A new model is a file of its own and a line here.</summary>
public static class ModelCatalog
{
    /// <summary>The most numbers that a model may learn.</summary>
    public const long MostParameters = 100_000_000;

    static readonly Dictionary<string, Entry> Models = new(StringComparer.Ordinal)
    {
        ["bigram-counts"] = Entry.Counts(
            "a table of counts (lecture part 1), no gradient",
            [nameof(ModelSettings.Smoothing)],
            _ => 2,
            (counts, settings) => new BigramCounts(counts, settings.Smoothing)),
        ["ngram"] = Entry.Counts(
            "counts of longer sequences with modified Kneser-Ney smoothing (Chen and Goodman 1999), no gradient",
            [nameof(ModelSettings.Order)],
            settings => settings.Order,
            (counts, _) => new NGram(counts)),
        ["mlp"] = Entry.Tensors(
            "Bengio et al. 2003 (lecture part 2): embeddings of the last characters, one tanh layer",
            [nameof(ModelSettings.Block), nameof(ModelSettings.Embed), nameof(ModelSettings.Hidden)],
            (vocab, settings) => new Mlp(vocab, new("block", settings.Block), new("embed", settings.Embed), new("hidden", settings.Hidden))),
        ["transformer"] = Entry.Lines(
            "the Transformer of makemore.py (GPT-2)",
            new() { Model = "transformer" },
            TransformerSizes,
            (vocab, time, settings) => new Transformer(vocab, time, new("embed", settings.Width), settings.Layers, settings.Heads)),
        ["microgpt"] = Entry.Lines(
            "Karpathy's microgpt.py: a Transformer with root-mean-square norms, ReLU and no biases",
            new() { Model = "microgpt", Layers = 1, Width = 16 },
            TransformerSizes,
            (vocab, time, settings) => new MicroGpt(vocab, time, new("embed", settings.Width), settings.Layers, settings.Heads)),
        ["bow"] = Entry.Lines(
            "the bag of words of makemore.py: the mean of all characters so far",
            new() { Model = "bow", Embed = 64, Hidden = 64 },
            [nameof(ModelSettings.Embed), nameof(ModelSettings.Hidden)],
            (vocab, time, settings) => new BagOfWords(vocab, time, new("embed", settings.Embed), new("hidden", settings.Hidden))),
        ["mlp-makemore"] = Entry.Lines(
            "the MLP of makemore.py: all characters so far, and a token for what lies before the line",
            new() { Model = "mlp-makemore", Embed = 64, Hidden = 64 },
            [nameof(ModelSettings.Embed), nameof(ModelSettings.Hidden)],
            (vocab, time, settings) => new LineMlp(vocab, time, new("embed", settings.Embed), new("hidden", settings.Hidden))),
        ["rnn"] = Recurrent("rnn", "the RNN of makemore.py (Mikolov et al. 2010)", (embed, hidden) => new RnnCell(embed, hidden)),
        ["gru"] = Recurrent("gru", "the GRU of makemore.py (Cho et al. 2014)", (embed, hidden) => new GruCell(embed, hidden)),
        ["lstm"] = Entry.Lines(
            "long short-term memory (Hochreiter and Schmidhuber 1997), as in PyTorch",
            new() { Model = "lstm", Embed = 64, Hidden = 64, Layers = 1 },
            [nameof(ModelSettings.Embed), nameof(ModelSettings.Hidden), nameof(ModelSettings.Layers)],
            (vocab, time, settings) => new Lstm(vocab, time, new("embed", settings.Embed), new("hidden", settings.Hidden), settings.Layers)),
    };

    static string[] TransformerSizes => [nameof(ModelSettings.Layers), nameof(ModelSettings.Heads), nameof(ModelSettings.Width)];

    /// <summary>The names, with a line about each.</summary>
    public static IReadOnlyDictionary<string, string> Available { get; } = Models.ToDictionary(model => model.Key, model => model.Value.Summary, StringComparer.Ordinal);

    /// <summary>Whether a model is made of counts, and not trained in steps.</summary>
    /// <exception cref="MakemoreException">The model is unknown.</exception>
    public static bool IsCounted(string model) => Find(model).FromCounts is not null;

    /// <summary>Whether a model learns whole lines: it is a <see cref="SequenceModel"/>.</summary>
    /// <exception cref="MakemoreException">The model is unknown.</exception>
    public static bool LearnsLines(string model) => Find(model).LearnsLines;

    /// <summary>A model's sizes unless others are asked for.</summary>
    /// <exception cref="MakemoreException">The model is unknown.</exception>
    public static ModelSettings Defaults(string model) => Find(model).Defaults ?? new() { Model = model };

    /// <summary>The settings with what only the data can say: as many positions as the longest line needs, for a model of whole lines.</summary>
    /// <exception cref="MakemoreException">The model is unknown.</exception>
    public static ModelSettings Fit(ModelSettings settings, Corpus corpus) => LearnsLines(settings.Model) ? settings with { Block = corpus.LongestLine + 1 } : settings;

    /// <summary>The properties of <see cref="ModelSettings"/> that mean something to a model.</summary>
    /// <exception cref="MakemoreException">The model is unknown.</exception>
    public static IReadOnlyList<string> Sizes(string model) => Find(model).Sizes;

    /// <summary>How many tokens before a character a model sees.</summary>
    /// <exception cref="MakemoreException">The model is unknown, or a size is out of bounds.</exception>
    public static int Block(ModelSettings settings)
    {
        Validate(settings);
        return Find(settings.Model).Order is { } order ? order(settings) - 1 : settings.Block;
    }

    /// <summary>A model of the sizes asked for, its parameters not yet set.</summary>
    /// <param name="settings">Which model, and how large.</param>
    /// <param name="vocabulary">How many characters there are, with the end marker.</param>
    /// <exception cref="MakemoreException">The model is unknown or made of counts, or a size is out of bounds.</exception>
    public static LanguageModel Create(ModelSettings settings, int vocabulary)
    {
        Validate(settings);
        var create = Find(settings.Model).FromVocabulary ?? throw new MakemoreException($"the model '{settings.Model}' is made of counts: it has no parameters and no training step");
        var model = create(new("vocab", vocabulary), settings);
        foreach (var parameter in model.Parameters)
        {
            var elements = parameter.Shape.Aggregate(1L, (product, axis) => product * axis.Length);
            if (elements > MostParameters)
                throw new MakemoreException($"'{parameter.Name}' would have {elements:N0} numbers, and {MostParameters:N0} are allowed; choose a smaller model");
        }

        return model;
    }

    /// <summary>The model that counts make.</summary>
    /// <param name="settings">Which model; it is one of counts.</param>
    /// <param name="counts">Counts of sequences one longer than the model's contexts.</param>
    /// <exception cref="MakemoreException">The model is unknown, or a size is out of bounds.</exception>
    public static CountModel Create(ModelSettings settings, GramCounts counts)
    {
        Validate(settings);
        return Find(settings.Model).FromCounts!(counts, settings);
    }

    /// <summary>Checks that there is such a model, and that its sizes make sense.</summary>
    /// <exception cref="MakemoreException">The model is unknown, or a size is out of bounds.</exception>
    public static void Validate(ModelSettings settings)
    {
        var sizes = Find(settings.Model).Sizes;
        Check(nameof(ModelSettings.Block), settings.Block, 1, 64);
        Check(nameof(ModelSettings.Layers), settings.Layers, 1, 64);
        Check(nameof(ModelSettings.Heads), settings.Heads, 1, 256);
        Check(nameof(ModelSettings.Width), settings.Width, 1, 4096);
        if (sizes.Contains(nameof(ModelSettings.Heads)) && settings.Width % settings.Heads != 0)
            throw new MakemoreException($"{settings.Heads} heads cannot share a width of {settings.Width} evenly; choose a width that is a multiple of the heads");
        Check(nameof(ModelSettings.Embed), settings.Embed, 1, 4096);
        Check(nameof(ModelSettings.Hidden), settings.Hidden, 1, 16384);
        Check(nameof(ModelSettings.Order), settings.Order, 2, GramCounts.LongestOrder);
        Check(nameof(ModelSettings.Smoothing), settings.Smoothing, 1e-6m, 1e6m);

        // What a model does not have may be anything: runs that were saved before there was such a size say 0.
        void Check(string size, double value, decimal least, decimal most)
        {
            if (sizes.Contains(size) && !(value >= (double)least && value <= (double)most))
                throw new MakemoreException($"{size.ToLowerInvariant()} is {value}; it must lie between {least} and {most:N0}");
        }
    }

    static Entry Find(string model) => Models.GetValueOrDefault(model) ?? throw new MakemoreException($"unknown model '{model}'; known are: {string.Join(", ", Models.Keys)}");

    static Entry Recurrent(string name, string summary, Func<Axis, Axis, RecurrentCell> cell) => Entry.Lines(
        summary,
        new() { Model = name, Embed = 64, Hidden = 64 },
        [nameof(ModelSettings.Embed), nameof(ModelSettings.Hidden)],
        (vocab, time, settings) =>
        {
            Axis embed = new("embed", settings.Embed), hidden = new("hidden", settings.Hidden);
            return new Recurrent(vocab, time, embed, hidden, cell(embed, hidden));
        });

    // What is null does not apply: a model is made of tensors or of counts.
    sealed record Entry(
        string Summary,
        IReadOnlyList<string> Sizes,
        Func<Axis, ModelSettings, LanguageModel>? FromVocabulary,
        Func<ModelSettings, int>? Order,
        Func<GramCounts, ModelSettings, CountModel>? FromCounts)
    {
        public bool LearnsLines { get; private init; }

        // Null for the lectures' sizes.
        public ModelSettings? Defaults { get; private init; }

        public static Entry Lines(string summary, ModelSettings defaults, IReadOnlyList<string> sizes, Func<Axis, Axis, ModelSettings, SequenceModel> create) =>
            new(summary, sizes, (vocab, settings) => create(vocab, new("time", settings.Block), settings), null, null) { LearnsLines = true, Defaults = defaults };

        public static Entry Tensors(string summary, IReadOnlyList<string> sizes, Func<Axis, ModelSettings, LanguageModel> create) => new(summary, sizes, create, null, null);

        public static Entry Counts(string summary, IReadOnlyList<string> sizes, Func<ModelSettings, int> order, Func<GramCounts, ModelSettings, CountModel> create) =>
            new(summary, sizes, null, order, create);
    }
}

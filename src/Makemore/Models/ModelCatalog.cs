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
        ["bigram"] = Entry.Tensors(
            "a table of logits, learned by gradient (makemore.py)",
            [],
            (vocab, _) => new Bigram(vocab, new("block", 1)),
            order: _ => 2),
        ["bigram-net"] = Entry.Tensors(
            "one-hot characters times weights drawn to 0 (lecture part 1)",
            [],
            (vocab, _) => new BigramNet(vocab, new("block", 1)),
            order: _ => 2),
        ["mlp"] = Entry.Tensors(
            "Bengio et al. 2003 (lecture part 2): embeddings of the last characters, one tanh layer",
            [nameof(ModelSettings.Block), nameof(ModelSettings.Embed), nameof(ModelSettings.Hidden)],
            (vocab, settings) => new Mlp(vocab, new("block", settings.Block), new("embed", settings.Embed), new("hidden", settings.Hidden))),
        ["mlp-bn"] = Entry.Tensors(
            "mlp with batch normalisation before the tanh (lecture part 3)",
            [nameof(ModelSettings.Block), nameof(ModelSettings.Embed), nameof(ModelSettings.Hidden)],
            (vocab, settings) => new MlpBatchNorm(vocab, new("block", settings.Block), new("embed", settings.Embed), new("hidden", settings.Hidden))),
        ["mlp-deep"] = Entry.Tensors(
            "six layers with batch normalisation or none (lecture part 3)",
            [nameof(ModelSettings.Block), nameof(ModelSettings.Embed), nameof(ModelSettings.Hidden), nameof(ModelSettings.Norm), nameof(ModelSettings.Gain)],
            (vocab, settings) => new MlpDeep(vocab, new("block", settings.Block), new("embed", settings.Embed), settings.Hidden, settings.Norm, settings.Gain),
            initial: new() { Hidden = 100 }),
        ["wavenet"] = Entry.Tensors(
            "characters joined in pairs, pairs of pairs and so on, with batch normalisation (lecture part 5)",
            [nameof(ModelSettings.Block), nameof(ModelSettings.Embed), nameof(ModelSettings.Hidden)],
            (vocab, settings) => new WaveNet(vocab, new("block", settings.Block), new("embed", settings.Embed), settings.Hidden),
            initial: new() { Block = 8, Embed = 24, Hidden = 128 },
            blockIsPowerOfTwo: true),
        ["wavenet-dilated"] = Entry.Tensors(
            "dilated causal convolutions with gates, residual and skip connections (van den Oord et al. 2016)",
            [nameof(ModelSettings.Block), nameof(ModelSettings.Hidden)],
            (vocab, settings) => new DilatedWaveNet(vocab, new("block", settings.Block), settings.Hidden),
            initial: new() { Block = 8, Hidden = 64 },
            blockIsPowerOfTwo: true),
        ["transformer"] = Entry.Lines(
            "the Transformer of makemore.py (GPT-2)",
            new(),
            TransformerSizes,
            (vocab, time, settings) => new Transformer(vocab, time, new("embed", settings.Width), settings.Layers, settings.Heads)),
        ["microgpt"] = Entry.Lines(
            "Karpathy's microgpt.py: a Transformer with root-mean-square norms, ReLU and no biases",
            new() { Layers = 2 },
            TransformerSizes,
            (vocab, time, settings) => new MicroGpt(vocab, time, new("embed", settings.Width), settings.Layers, settings.Heads)),
        ["bow"] = Entry.Lines(
            "the bag of words of makemore.py: the mean of all characters so far",
            new() { Embed = 64, Hidden = 256 },
            [nameof(ModelSettings.Embed), nameof(ModelSettings.Hidden)],
            (vocab, time, settings) => new BagOfWords(vocab, time, new("embed", settings.Embed), new("hidden", settings.Hidden))),
        ["mlp-makemore"] = Entry.Lines(
            "the MLP of makemore.py: all characters so far, and a token for what lies before the line",
            new() { Embed = 16, Hidden = 256 },
            [nameof(ModelSettings.Embed), nameof(ModelSettings.Hidden)],
            (vocab, time, settings) => new LineMlp(vocab, time, new("embed", settings.Embed), new("hidden", settings.Hidden))),
        ["rnn"] = Recurrent("the RNN of makemore.py (Mikolov et al. 2010)", hidden: 192, (embed, hidden) => new RnnCell(embed, hidden)),
        ["gru"] = Recurrent("the GRU of makemore.py (Cho et al. 2014)", hidden: 128, (embed, hidden) => new GruCell(embed, hidden)),
        ["lstm"] = Entry.Lines(
            "long short-term memory (Hochreiter and Schmidhuber 1997), as in PyTorch",
            new() { Embed = 32, Hidden = 128, Layers = 1 },
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

    /// <summary>The settings with what only the data can say: as many positions as the longest line needs, for a model of whole lines.</summary>
    /// <exception cref="MakemoreException">The model is unknown.</exception>
    public static ModelSettings Fit(ModelSettings settings, Corpus corpus) => LearnsLines(settings.Model) ? settings with { Block = corpus.LongestLine + 1 } : settings;

    /// <summary>The properties of <see cref="ModelSettings"/> that mean something to a model.</summary>
    /// <exception cref="MakemoreException">The model is unknown.</exception>
    public static IReadOnlyList<string> Sizes(string model) => Find(model).Sizes;

    /// <summary>A model with the sizes that it has unless told otherwise.</summary>
    /// <exception cref="MakemoreException">The model is unknown.</exception>
    public static ModelSettings Initial(string model) => Find(model).Initial with { Model = model };

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
        return model.ParameterCount <= MostParameters
            ? model
            : throw new MakemoreException($"the model would have {model.ParameterCount:N0} parameters, and {MostParameters:N0} are allowed; choose a smaller one");
    }

    /// <summary>The model that counts make.</summary>
    /// <param name="settings">Which model; it is one of counts.</param>
    /// <param name="counts">Counts of sequences one longer than the model's contexts.</param>
    /// <exception cref="MakemoreException">The model is unknown or not made of counts, or a size is out of bounds.</exception>
    public static CountModel Create(ModelSettings settings, GramCounts counts)
    {
        Validate(settings);
        var create = Find(settings.Model).FromCounts ?? throw new MakemoreException($"the model '{settings.Model}' is not made of counts: it is trained in steps");
        return create(counts, settings);
    }

    /// <summary>Checks that there is such a model, and that its sizes make sense.</summary>
    /// <exception cref="MakemoreException">The model is unknown, or a size is out of bounds.</exception>
    public static void Validate(ModelSettings settings)
    {
        var entry = Find(settings.Model);
        var sizes = entry.Sizes;
        Check(nameof(ModelSettings.Block), settings.Block, 1, 64);
        Check(nameof(ModelSettings.Layers), settings.Layers, 1, 64);
        Check(nameof(ModelSettings.Heads), settings.Heads, 1, 256);
        Check(nameof(ModelSettings.Width), settings.Width, 1, 4096);
        if (sizes.Contains(nameof(ModelSettings.Heads)) && settings.Width % settings.Heads != 0)
            throw new MakemoreException($"{settings.Heads} heads cannot share a width of {settings.Width} evenly; choose a width that is a multiple of the heads");
        Check(nameof(ModelSettings.Embed), settings.Embed, 1, 4096);
        Check(nameof(ModelSettings.Hidden), settings.Hidden, 1, 16384);
        Check(nameof(ModelSettings.Gain), settings.Gain, 0, 1000);
        Check(nameof(ModelSettings.Order), settings.Order, 2, GramCounts.LongestOrder);
        Check(nameof(ModelSettings.Smoothing), settings.Smoothing, 1e-6m, 1e6m);
        if (entry.LearnsLines && settings.Block is < 1 or > Corpus.LongestAllowed + 1)
            throw new MakemoreException($"block is {settings.Block}; '{settings.Model}' sees whole lines, so it must lie between 1 and {Corpus.LongestAllowed + 1:N0}");
        if (entry.BlockIsPowerOfTwo && (settings.Block < 2 || !int.IsPow2(settings.Block)))
            throw new MakemoreException($"block is {settings.Block}; each layer of '{settings.Model}' sees twice as much of it as the one before, so it must be 2, 4, 8, 16, 32 or 64");
        if (sizes.Contains(nameof(ModelSettings.Norm)) && !Enum.IsDefined(settings.Norm))
            throw new MakemoreException($"there is no norm {(int)settings.Norm}");

        // What a model does not have may be anything: runs that were saved before there was such a size say 0.
        void Check(string size, double value, decimal least, decimal most)
        {
            if (sizes.Contains(size) && !(value >= (double)least && value <= (double)most))
                throw new MakemoreException($"{size.ToLowerInvariant()} is {value}; it must lie between {least} and {most:N0}");
        }
    }

    static Entry Find(string model) => Models.GetValueOrDefault(model) ?? throw new MakemoreException($"unknown model '{model}'; known are: {string.Join(", ", Models.Keys)}");

    static Entry Recurrent(string summary, int hidden, Func<Axis, Axis, RecurrentCell> cell) => Entry.Lines(
        summary,
        new() { Embed = 32, Hidden = hidden },
        [nameof(ModelSettings.Embed), nameof(ModelSettings.Hidden)],
        (vocab, time, settings) =>
        {
            Axis features = new("embed", settings.Embed), state = new("hidden", settings.Hidden);
            return new Recurrent(vocab, time, features, state, cell(features, state));
        });

    // What is null does not apply: a model is made of tensors or of counts.
    sealed record Entry(
        string Summary,
        IReadOnlyList<string> Sizes,
        Func<Axis, ModelSettings, LanguageModel>? FromVocabulary,
        Func<ModelSettings, int>? Order,
        Func<GramCounts, ModelSettings, CountModel>? FromCounts)
    {
        public ModelSettings Initial { get; init; } = new();

        public bool LearnsLines { get; private init; }

        // Whether the model halves its context again and again.
        public bool BlockIsPowerOfTwo { get; init; }

        public static Entry Tensors(
            string summary,
            IReadOnlyList<string> sizes,
            Func<Axis, ModelSettings, LanguageModel> create,
            ModelSettings? initial = null,
            Func<ModelSettings, int>? order = null,
            bool blockIsPowerOfTwo = false) => new(summary, sizes, create, order, null) { Initial = initial ?? new(), BlockIsPowerOfTwo = blockIsPowerOfTwo };

        public static Entry Lines(string summary, ModelSettings initial, IReadOnlyList<string> sizes, Func<Axis, Axis, ModelSettings, SequenceModel> create) =>
            new(summary, sizes, (vocab, settings) => create(vocab, new("time", settings.Block), settings), null, null) { LearnsLines = true, Initial = initial };

        public static Entry Counts(string summary, IReadOnlyList<string> sizes, Func<ModelSettings, int> order, Func<GramCounts, ModelSettings, CountModel> create) =>
            new(summary, sizes, null, order, create);
    }
}

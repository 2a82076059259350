using System.CommandLine;
using Makemore.Models;

namespace Makemore.Cli.Commands;

/// <summary>The sizes of a model, as options that commands share.</summary>
sealed class ModelOptions
{
    static readonly ModelSettings Initial = new();

    readonly Option<int?> block = NumberOption.PerhapsWhole("--block", Described("Characters of context.", settings => settings.Block, nameof(ModelSettings.Block)), Initial.Block);
    readonly Option<int?> embed = NumberOption.PerhapsWhole("--embed", Described("Numbers that stand for a character.", settings => settings.Embed, nameof(ModelSettings.Embed)), Initial.Embed);
    readonly Option<int?> hidden = NumberOption.PerhapsWhole("--hidden", Described("Neurons of the hidden layer.", settings => settings.Hidden, nameof(ModelSettings.Hidden)), Initial.Hidden);
    readonly Option<int?> layers = NumberOption.PerhapsWhole("--layers", Described("Layers, one upon the other.", settings => settings.Layers, nameof(ModelSettings.Layers)), Initial.Layers);
    readonly Option<int?> heads = NumberOption.PerhapsWhole("--heads", Described("Heads of an attention, which share the width.", settings => settings.Heads, nameof(ModelSettings.Heads)), Initial.Heads);
    readonly Option<int?> width = NumberOption.PerhapsWhole("--width", Described("Numbers between the layers of a Transformer.", settings => settings.Width, nameof(ModelSettings.Width)), Initial.Width);
    readonly Option<int> order = NumberOption.Whole("--order", "The n of ngram, from 2 to 6.", Initial.Order, "-n");
    readonly Option<double> smoothing = NumberOption.Real("--smoothing", "What bigram-counts adds to each count.", Initial.Smoothing);

    /// <summary>The models, for help texts.</summary>
    public static string Known => string.Join("; ", ModelCatalog.Available.Select(model => $"{model.Key}: {model.Value}"));

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var (option, _) in All)
            command.Options.Add(option);
    }

    /// <summary>Refuses sizes where a saved run has its own.</summary>
    /// <exception cref="MakemoreException">One was given.</exception>
    public void RefuseFor(string run, ParseResult parsed)
    {
        if (new Option[] { block, embed, hidden, layers, heads, width }.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } given)
            throw new MakemoreException($"'{run}' is a run and has sizes of its own; leave {given.Name} out");
    }

    /// <summary>What was asked for.</summary>
    /// <exception cref="MakemoreException">The model is unknown, a size makes no sense, or the model has no such size.</exception>
    public ModelSettings Read(ParseResult parsed, string model)
    {
        var initial = ModelCatalog.Defaults(model);
        var settings = initial with
        {
            Block = parsed.GetValue(block) ?? initial.Block,
            Embed = parsed.GetValue(embed) ?? initial.Embed,
            Hidden = parsed.GetValue(hidden) ?? initial.Hidden,
            Layers = parsed.GetValue(layers) ?? initial.Layers,
            Heads = parsed.GetValue(heads) ?? initial.Heads,
            Width = parsed.GetValue(width) ?? initial.Width,
            Order = parsed.GetValue(order),
            Smoothing = parsed.GetValue(smoothing),
        };
        ModelCatalog.Validate(settings);
        foreach (var (option, size) in All)
        {
            if (!ModelCatalog.Sizes(model).Contains(size))
                UsageError.RefuseGiven(parsed, option, $"means nothing to the model '{model}'");
        }

        return settings;
    }

    // With the default of each model that has such a size, those that share one together.
    static string Described(string description, Func<ModelSettings, int> value, string size)
    {
        var defaults = ModelCatalog.Available.Keys.Where(model => ModelCatalog.Sizes(model).Contains(size)).GroupBy(model => value(ModelCatalog.Defaults(model)));
        return $"{description} [default: {string.Join("; ", defaults.Select(group => $"{group.Key} of {string.Join(", ", group)}"))}]";
    }

    IEnumerable<(Option Option, string Size)> All =>
    [
        (block, nameof(ModelSettings.Block)),
        (embed, nameof(ModelSettings.Embed)),
        (hidden, nameof(ModelSettings.Hidden)),
        (layers, nameof(ModelSettings.Layers)),
        (heads, nameof(ModelSettings.Heads)),
        (width, nameof(ModelSettings.Width)),
        (order, nameof(ModelSettings.Order)),
        (smoothing, nameof(ModelSettings.Smoothing)),
    ];
}

using System.CommandLine;
using Makemore.Models;

namespace Makemore.Cli.Commands;

/// <summary>The sizes of a model, as options that commands share.</summary>
/// <param name="counted">Whether those of models that are made of counts belong to them.</param>
sealed class ModelOptions(bool counted = true)
{
    static readonly ModelSettings Initial = new();

    readonly Option<int> block = NumberOption.Whole("--block", "Characters of context.", Initial.Block);
    readonly Option<int> embed = NumberOption.Whole("--embed", "Numbers that stand for a character.", Initial.Embed);
    readonly Option<int> hidden = NumberOption.Whole("--hidden", "Neurons of the hidden layer.", Initial.Hidden);
    readonly Option<string> norm = NameOption.Of("--norm", "What normalises the layers of mlp-deep.", Initial.Norm);
    readonly Option<double> gain = NumberOption.Real("--gain", "What the weights of mlp-deep are multiplied with at first.", Initial.Gain);
    readonly Option<int> layers = NumberOption.Whole("--layers", "Layers of transformer, microgpt and lstm, one upon the other.", Initial.Layers);
    readonly Option<int> heads = NumberOption.Whole("--heads", "Heads of an attention, which share the width.", Initial.Heads);
    readonly Option<int> width = NumberOption.Whole("--width", "Numbers between the layers of a Transformer.", Initial.Width);
    readonly Option<int> order = NumberOption.Whole("--order", "The n of ngram, from 2 to 6.", Initial.Order, "-n");
    readonly Option<double> smoothing = NumberOption.Real("--smoothing", "What bigram-counts adds to each count.", Initial.Smoothing);

    /// <summary>The models, for help texts.</summary>
    public static string Known => Listed(ModelCatalog.Available.Keys);

    /// <summary>The models that are trained in steps.</summary>
    public static IEnumerable<string> InSteps => ModelCatalog.Available.Keys.Where(model => !ModelCatalog.IsCounted(model));

    /// <summary>The models that are trained in steps, for help texts.</summary>
    public static string KnownInSteps => Listed(InSteps);

    /// <summary>The sizes that a model has unless told otherwise, as they would be given.</summary>
    /// <exception cref="MakemoreException">The model is unknown.</exception>
    public static string Usual(string model)
    {
        var initial = ModelCatalog.Initial(model);
        return string.Join(' ', new ModelOptions().All.Where(size => ModelCatalog.Sizes(model).Contains(size.Size)).Select(size => $"{size.Option.Name} {size.Text(initial)}"));
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var (option, _, _) in All)
            command.Options.Add(option);
    }

    /// <summary>Refuses sizes where a saved run has its own.</summary>
    /// <exception cref="MakemoreException">One was given.</exception>
    public void RefuseFor(string run, ParseResult parsed)
    {
        if (All.Select(size => size.Option).FirstOrDefault(option => Given.Is(parsed, option)) is { } given)
            throw new MakemoreException($"'{run}' is a run and has sizes of its own; leave {given.Name} out");
    }

    /// <summary>What was asked for.</summary>
    /// <exception cref="MakemoreException">The model is unknown, a size makes no sense, or the model has no such size.</exception>
    public ModelSettings Read(ParseResult parsed, string model)
    {
        var initial = ModelCatalog.Initial(model);
        var settings = initial with
        {
            Block = Given.Or(parsed, block, initial.Block),
            Embed = Given.Or(parsed, embed, initial.Embed),
            Hidden = Given.Or(parsed, hidden, initial.Hidden),
            Norm = NameOption.Read<Norm>(parsed, norm),
            Gain = Given.Or(parsed, gain, initial.Gain),
            Order = Given.Or(parsed, order, initial.Order),
            Smoothing = Given.Or(parsed, smoothing, initial.Smoothing),
            Layers = Given.Or(parsed, layers, initial.Layers),
            Heads = Given.Or(parsed, heads, initial.Heads),
            Width = Given.Or(parsed, width, initial.Width),
        };
        ModelCatalog.Validate(settings);
        foreach (var (option, size, _) in All)
        {
            if (!ModelCatalog.Sizes(model).Contains(size))
                UsageError.RefuseGiven(parsed, option, $"means nothing to the model '{model}'");
        }

        return settings;
    }

    IEnumerable<(Option Option, string Size, Func<ModelSettings, string> Text)> All =>
    [
        (block, nameof(ModelSettings.Block), settings => NumberOption.Text(settings.Block)),
        (embed, nameof(ModelSettings.Embed), settings => NumberOption.Text(settings.Embed)),
        (hidden, nameof(ModelSettings.Hidden), settings => NumberOption.Text(settings.Hidden)),
        (norm, nameof(ModelSettings.Norm), settings => NameOption.Name(settings.Norm)),
        (gain, nameof(ModelSettings.Gain), settings => NumberOption.Text(settings.Gain)),
        (layers, nameof(ModelSettings.Layers), settings => NumberOption.Text(settings.Layers)),
        (heads, nameof(ModelSettings.Heads), settings => NumberOption.Text(settings.Heads)),
        (width, nameof(ModelSettings.Width), settings => NumberOption.Text(settings.Width)),
        .. counted ? OfCounted : [],
    ];

    IEnumerable<(Option Option, string Size, Func<ModelSettings, string> Text)> OfCounted =>
    [
        (order, nameof(ModelSettings.Order), settings => NumberOption.Text(settings.Order)),
        (smoothing, nameof(ModelSettings.Smoothing), settings => NumberOption.Text(settings.Smoothing)),
    ];

    static string Listed(IEnumerable<string> models) => $"{string.Join(", ", models)}; 'makemore models' tells what each is";
}

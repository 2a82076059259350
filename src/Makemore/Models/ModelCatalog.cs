using Makemore.Tensors.Axes;

namespace Makemore.Models;

/// <summary>The models that can be asked for by name. A new model is a file of its own and a line here.</summary>
public static class ModelCatalog
{
    /// <summary>The most numbers that a model may learn.</summary>
    public const long MostParameters = 100_000_000;

    static readonly Dictionary<string, (string Summary, Func<Axis, ModelSettings, LanguageModel> Create)> Models = new(StringComparer.Ordinal)
    {
        ["mlp"] = (
            "Bengio et al. 2003 (lecture part 2): embeddings of the last characters, one tanh layer",
            (vocab, settings) => new Mlp(vocab, new("block", settings.Block), new("embed", settings.Embed), new("hidden", settings.Hidden))),
    };

    /// <summary>The names, with a line about each.</summary>
    public static IReadOnlyDictionary<string, string> Available { get; } = Models.ToDictionary(model => model.Key, model => model.Value.Summary, StringComparer.Ordinal);

    /// <summary>A model of the sizes asked for, its parameters not yet set.</summary>
    /// <param name="settings">Which model, and how large.</param>
    /// <param name="vocabulary">How many characters there are, with the end marker.</param>
    /// <exception cref="MakemoreException">The model is unknown, or a size is out of bounds.</exception>
    public static LanguageModel Create(ModelSettings settings, int vocabulary)
    {
        Validate(settings);
        var model = Models[settings.Model].Create(new("vocab", vocabulary), settings);
        foreach (var parameter in model.Parameters)
        {
            var elements = parameter.Shape.Aggregate(1L, (product, axis) => product * axis.Length);
            if (elements > MostParameters)
                throw new MakemoreException($"'{parameter.Name}' would have {elements:N0} numbers, and {MostParameters:N0} are allowed; choose a smaller block, embed or hidden");
        }

        return model;
    }

    /// <summary>Checks that there is such a model, and that its sizes make sense.</summary>
    /// <exception cref="MakemoreException">The model is unknown, or a size is out of bounds.</exception>
    public static void Validate(ModelSettings settings)
    {
        if (!Models.ContainsKey(settings.Model))
            throw new MakemoreException($"unknown model '{settings.Model}'; known are: {string.Join(", ", Models.Keys)}");
        foreach (var (name, size, most) in new[] { ("block", settings.Block, 64), ("embed", settings.Embed, 4096), ("hidden", settings.Hidden, 16384) })
        {
            if (size < 1 || size > most)
                throw new MakemoreException($"{name} is {size}; it must lie between 1 and {most:N0}");
        }
    }
}

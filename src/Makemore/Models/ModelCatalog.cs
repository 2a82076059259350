using Makemore.Tensors.Axes;

namespace Makemore.Models;

/// <summary>The models that can be asked for by name. A new model is a file of its own and a line here.</summary>
public static class ModelCatalog
{
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
    /// <exception cref="MakemoreException">The model is unknown, or a size is less than 1.</exception>
    public static LanguageModel Create(ModelSettings settings, int vocabulary)
    {
        if (!Models.TryGetValue(settings.Model, out var model))
            throw new MakemoreException($"unknown model '{settings.Model}'; known are: {string.Join(", ", Models.Keys)}");
        foreach (var (name, size, most) in new[] { ("block", settings.Block, 64), ("embed", settings.Embed, 4096), ("hidden", settings.Hidden, 16384) })
        {
            if (size < 1 || size > most)
                throw new MakemoreException($"{name} is {size}; it must lie between 1 and {most}");
        }

        return model.Create(new("vocab", vocabulary), settings);
    }
}

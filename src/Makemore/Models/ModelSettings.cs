using Makemore.Tensors.Expressions;

namespace Makemore.Models;

/// <summary>Which model, and how large. The defaults are those of the lectures' MLP; other models have others, and a model has only some of the sizes: see <see cref="ModelCatalog.Initial"/> and <see cref="ModelCatalog.Sizes"/>.</summary>
public sealed record ModelSettings
{
    /// <summary>The model's name in the <see cref="ModelCatalog"/>.</summary>
    public string Model { get; init; } = "mlp";

    /// <summary>Characters of context; of a model of whole lines, the positions that it has, which the data decide (<see cref="ModelCatalog.Fit"/>).</summary>
    public int Block { get; init; } = 3;

    /// <summary>Numbers that stand for a character.</summary>
    public int Embed { get; init; } = 10;

    /// <summary>Neurons of the hidden layer.</summary>
    public int Hidden { get; init; } = 200;

    /// <summary>What normalises the layers.</summary>
    public Norm Norm { get; init; }

    /// <summary>What weights are multiplied with at first.</summary>
    public double Gain { get; init; } = Initializers.TanhGain;

    /// <summary>The n of n-grams: a character and those before it that are counted together.</summary>
    public int Order { get; init; } = 5;

    /// <summary>What is added to each count, so that nothing is impossible.</summary>
    public double Smoothing { get; init; } = 1;

    /// <summary>Layers, one upon the other.</summary>
    public int Layers { get; init; } = 4;

    /// <summary>Heads of an attention; they divide the width among themselves.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Numbers that stand for a character, and all that is computed of it, between the layers of a Transformer.</summary>
    public int Width { get; init; } = 64;
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;

namespace Makemore.Models.Layers;

/// <summary>A row of numbers for each thing, with the name, layout and beginning of <c>torch.nn.Embedding</c>.</summary>
/// <param name="name">The module's name, before <c>.weight</c>.</param>
/// <param name="things">What has a row: characters, or positions.</param>
/// <param name="embed">The numbers.</param>
public sealed class Embedding(string name, Axis things, Axis embed)
{
    /// <summary>[things, embed].</summary>
    public Parameter Weight { get; } = new($"{name}.weight", [things, embed], Initializers.Normal(1));

    /// <summary>What is learned.</summary>
    public IReadOnlyList<Parameter> Parameters => [Weight];

    /// <summary>The rows of some of the things.</summary>
    /// <param name="indices">[…], pointing into the things.</param>
    /// <returns>[…, embed].</returns>
    public Tensor Of(Tensor indices) => Weight[indices];
}

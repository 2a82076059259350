using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;

namespace Makemore.Models.Layers;

/// <summary>Each row with mean 0 and variance 1, then scaled and moved (Ba et al. 2016), with the names of <c>torch.nn.LayerNorm</c>.</summary>
/// <param name="name">The module's name, before <c>.weight</c> and <c>.bias</c>.</param>
/// <param name="features">The axis of a row.</param>
public sealed class LayerNorm(string name, Axis features)
{
    readonly Parameter weight = new($"{name}.weight", [features], Initializers.Constant(1));
    readonly Parameter bias = new($"{name}.bias", [features], Initializers.Constant(0));

    /// <summary>The weight and the bias.</summary>
    public IReadOnlyList<Parameter> Parameters => [weight, bias];

    /// <summary>The layer's result.</summary>
    /// <param name="x">[…, features].</param>
    public Tensor Of(Tensor x) => Functions.LayerNorm(x, [features], weight, bias);
}

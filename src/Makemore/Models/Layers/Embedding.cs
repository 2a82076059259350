using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Initializers;

namespace Makemore.Models.Layers;

/// <summary>A row of numbers for each token, normal at first as in PyTorch's <c>nn.Embedding</c>.</summary>
/// <param name="name">The layer's name; its table is <c>weight</c> of it.</param>
/// <param name="tokens">What has rows.</param>
/// <param name="to">The axis of a row.</param>
public sealed class Embedding(string name, Axis tokens, Axis to)
{
    readonly Parameter weight = new($"{name}.weight", [tokens, to], Normal(1));

    /// <summary>What is learned.</summary>
    public IReadOnlyList<Parameter> Parameters => [weight];

    /// <summary>The rows of some tokens.</summary>
    /// <param name="x">[…], pointing into the tokens.</param>
    /// <returns>[…, to].</returns>
    public Tensor Of(Tensor x) => weight[x];
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;

namespace Makemore.Models.Layers;

/// <summary>x·Wᵀ + b, with the names, layout and beginning of <c>torch.nn.Linear</c>.</summary>
/// <param name="name">The module's name, before <c>.weight</c> and <c>.bias</c>.</param>
/// <param name="from">The features that come in.</param>
/// <param name="to">The features that come out.</param>
/// <param name="hasBias">Whether there is a bias.</param>
public sealed class Linear(string name, Axis from, Axis to, bool hasBias = true)
{
    readonly Parameter? bias = hasBias ? new($"{name}.bias", [to], Initializers.UniformOfFanIn(from)) : null;

    /// <summary>W: [to, from].</summary>
    public Parameter Weight { get; } = new($"{name}.weight", [to, from], Initializers.KaimingUniform(from));

    /// <summary>The weight and the bias.</summary>
    public IReadOnlyList<Parameter> Parameters => bias is null ? [Weight] : [Weight, bias];

    /// <summary>The layer's result.</summary>
    /// <param name="x">[…, from].</param>
    /// <returns>[…, to].</returns>
    public Tensor Of(Tensor x) => WithBias(x.Dot(Weight, over: [from]));

    /// <summary>The result for features that come in along several axes, of which <paramref name="parts"/> are the features' in order.</summary>
    /// <param name="x">[…, parts…].</param>
    /// <param name="parts">Axes whose lengths multiply to that of the features that come in.</param>
    /// <returns>[…, to].</returns>
    public Tensor Of(Tensor x, Shape parts) => WithBias(x.Dot(Weight.Split(from, parts), over: parts));

    /// <summary>The weight of some of the features that come in: those from <paramref name="start"/> on, as many as <paramref name="part"/> has.</summary>
    public Tensor WeightOf(Axis part, int start) => Weight.Slice(from, start, part);

    /// <summary>With the bias added.</summary>
    /// <param name="products">[…, to].</param>
    public Tensor WithBias(Tensor products) => bias is null ? products : products + bias;
}

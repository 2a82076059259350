using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Models.Layers;

/// <summary>The gated unit of van den Oord et al. 2016: the tanh of one causal convolution, let through by the sigmoid of another.</summary>
/// <param name="name">The layer's name; its convolutions are called <c>filter</c> and <c>gate</c> of it.</param>
/// <param name="tap">The inputs that one output sees.</param>
/// <param name="from">The channels of the inputs.</param>
/// <param name="to">The channels of the outputs.</param>
public sealed class GatedConvolution(string name, Axis tap, Axis from, Axis to)
{
    readonly CausalConvolution filter = new($"{name}.filter", tap, from, to);
    readonly CausalConvolution gate = new($"{name}.gate", tap, from, to);

    /// <summary>What is learned.</summary>
    public IReadOnlyList<Parameter> Parameters => [.. filter.Parameters, .. gate.Parameters];

    /// <summary>The outputs; see <see cref="CausalConvolution.Of"/>.</summary>
    public Tensor Of(Tensor x, Axis time, Axis position, int stride = 1, int dilation = 1)
    {
        var filtered = filter.Of(x, time, position, stride, dilation).As("filtered");
        var gating = gate.Of(x, time, position, stride, dilation).As("gating");
        return Tanh(filtered).As("filter") * Sigmoid(gating).As("gate");
    }
}

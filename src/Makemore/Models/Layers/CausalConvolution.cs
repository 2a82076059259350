using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Initializers;

namespace Makemore.Models.Layers;

/// <summary>
/// A convolution that sees nothing of what comes later (van den Oord et al. 2016): each output is a weighted sum of the inputs at its own
/// position and at some before it. Only positions that have all of those are computed, so nothing is padded.
/// </summary>
/// <remarks>It begins as PyTorch's <c>nn.Conv1d</c> does, its random numbers drawn in that layer's order.</remarks>
/// <param name="name">The layer's name; its tensors are called <c>weight</c> and <c>bias</c> of it.</param>
/// <param name="tap">The inputs that one output sees, the last of them at its own position.</param>
/// <param name="from">The channels of the inputs.</param>
/// <param name="to">The channels of the outputs.</param>
public sealed class CausalConvolution(string name, Axis tap, Axis from, Axis to)
{
    readonly Parameter weight = new($"{name}.weight", [tap, from, to], DrawnAs([to, from, tap], KaimingUniform([from, tap])));
    readonly Parameter bias = new($"{name}.bias", [to], UniformOfFanIn([from, tap]));

    /// <summary>What is learned.</summary>
    public IReadOnlyList<Parameter> Parameters => [weight, bias];

    /// <summary>The outputs.</summary>
    /// <param name="x">[…, time, …, from].</param>
    /// <param name="time">The positions of the inputs.</param>
    /// <param name="position">The positions of the outputs.</param>
    /// <param name="stride">From one output to the next, counted in inputs.</param>
    /// <param name="dilation">From one input that an output sees to the next.</param>
    /// <returns>[…, position, …, to].</returns>
    public Tensor Of(Tensor x, Axis time, Axis position, int stride = 1, int dilation = 1) =>
        x.Window(time, position, tap, stride, dilation).Dot(weight, over: [tap, from]) + bias;
}

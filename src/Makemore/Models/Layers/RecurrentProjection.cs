using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Models.Layers;

/// <summary>
/// W·[input, state] + b at each position of a line, for a cell that is unrolled over time: the inputs' part is one product before the loop,
/// and the gradient of the states' weight one product after it.
/// </summary>
public sealed class RecurrentProjection
{
    readonly Axis time, state;
    readonly Tensor weight, inputs;
    readonly Packing packing;
    readonly List<Tensor> states = [];

    /// <summary>The projection for one line's, or one batch's, inputs.</summary>
    /// <param name="inputs">The inputs' part with the bias: [batch, time, …], or packed [row, …].</param>
    /// <param name="weight">What the state is multiplied by: […, state].</param>
    /// <param name="time">The positions.</param>
    /// <param name="state">The features of the state.</param>
    /// <param name="packing">How the inputs are packed: only what runs along lines has them unpacked.</param>
    public RecurrentProjection(Tensor inputs, Tensor weight, Axis time, Axis state, Packing packing)
    {
        (this.time, this.state, this.weight, this.packing) = (time, state, weight.Detach(), packing);

        // In the loop the weight is held fixed, and its gradient is that of all positions together.
        this.inputs = WithGradient(packing.Unpack(inputs), [inputs, weight], (_, upstream) =>
        {
            var packed = packing.Pack(upstream);
            var before = packing.Pack(Stack(time, [.. states.Select(before => packing.AmongAll(before).BroadcastTo(Batched(upstream.Shape)))]).As("states"));
            return [packed, packed.Dot(before, over: packed.Shape.Without(weight.Shape))];
        }).As("inputs");
    }

    /// <summary>The projection at the next position; positions follow each other from the first.</summary>
    /// <param name="before">The state of the lines that reach it: [lines, state], or [state] where it is the same for all.</param>
    /// <returns>[lines, …].</returns>
    public Tensor Next(Tensor before)
    {
        var position = states.Count;
        states.Add(before);
        return packing.Reaching(inputs.At(time, position), position) + before.Dot(weight, over: [state]);
    }

    Shape Batched(Shape inputs) => [.. inputs.Without([time, .. weight.Shape]), state];
}

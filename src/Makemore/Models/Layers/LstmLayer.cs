using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Models.Layers;

/// <summary>
/// A layer of <c>torch.nn.LSTM</c>: c = f·c + i·g and h = o·tanh c, with the gates i, f, o and the candidate g made of [x, h]; both states are 0 at first.
/// </summary>
/// <param name="name">The module's name.</param>
/// <param name="layer">The layer's number, from 0.</param>
/// <param name="from">The features that come in.</param>
/// <param name="hidden">The features of the states.</param>
public sealed class LstmLayer(string name, int layer, Axis from, Axis hidden)
{
    readonly Axis gates = new("gates", 4 * hidden.Length), gate = new("gate", 4);

    // The features of the state before, which meet those of the state in a product.
    readonly Axis before = new("before", hidden.Length);

    Parameter InputWeight => field ??= Of("weight_ih", gates, from);

    Parameter StateWeight => field ??= Of("weight_hh", gates, before);

    Parameter InputBias => field ??= Of("bias_ih", gates);

    Parameter StateBias => field ??= Of("bias_hh", gates);

    /// <summary>Both weights, then both biases.</summary>
    public IReadOnlyList<Parameter> Parameters => [InputWeight, StateWeight, InputBias, StateBias];

    /// <summary>The states h after each position.</summary>
    /// <param name="inputs">[batch, time, from], or packed [row, from].</param>
    /// <param name="batch">The axes that are neither time nor features.</param>
    /// <param name="time">The positions.</param>
    /// <param name="packing">How the inputs are packed.</param>
    /// <returns>[time, batch, hidden].</returns>
    public Tensor Run(Tensor inputs, Shape batch, Axis time, Packing packing)
    {
        var preact = new RecurrentProjection(OfInputs(inputs), StateWeight, time, before, packing);
        var states = new Tensor[time.Length];
        var none = ((Tensor)0).BroadcastTo([.. batch, hidden]);
        for (var (i, h, c) = (0, none, none); i < states.Length; i++)
        {
            c = packing.Reaching(c, i);
            states[i] = h = Next(preact.Next(packing.Reaching(h, i).Rename(hidden, before)), ref c);
        }

        return Stack(time, [.. states.Select(packing.AmongAll)]).As("states");
    }

    /// <summary>The state h after one more position of lines that grow.</summary>
    /// <param name="x">[batch, from].</param>
    /// <param name="step">What keeps both states.</param>
    /// <returns>[batch, hidden].</returns>
    public Tensor Step(Tensor x, LineStep step)
    {
        var none = ((Tensor)0).BroadcastTo([step.Batch, hidden]);
        var (outer, inner) = ($"{name}.h{layer}", $"{name}.c{layer}");
        var (h, c) = (step.Recall(outer, none), step.Recall(inner, none));
        h = Next(OfInputs(x) + h.Rename(hidden, before).Dot(StateWeight, over: [before]), ref c);
        step.Keep(outer, h);
        step.Keep(inner, c);
        return h;
    }

    Tensor OfInputs(Tensor inputs) => inputs.Dot(InputWeight, over: [from]) + InputBias + StateBias;

    // The state h, of the gates before their sigmoids and the tanh, and of the state c, which becomes the next.
    Tensor Next(Tensor preact, ref Tensor c)
    {
        var parts = preact.As("preact").Split(gates, [gate, hidden]);
        var kept = Sigmoid(parts.At(gate, 1)).As("f") * c;
        c = (kept + (Sigmoid(parts.At(gate, 0)).As("i") * Tanh(parts.At(gate, 2)).As("g"))).As("c");
        return (Sigmoid(parts.At(gate, 3)).As("o") * Tanh(c).As("squashed")).As("h");
    }

    Parameter Of(string kind, params Axis[] shape) => new($"{name}.{kind}_l{layer}", [.. shape], Initializers.UniformOfFanIn(hidden));
}

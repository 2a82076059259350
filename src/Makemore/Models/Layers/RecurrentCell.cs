using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Models.Layers;

/// <summary>A cell of makemore.py that carries a state along a line.</summary>
/// <param name="embed">The features that come in.</param>
/// <param name="hidden">The features of the state.</param>
public abstract class RecurrentCell(Axis embed, Axis hidden)
{
    /// <summary>The features that come in.</summary>
    Axis Embed { get; } = embed;

    /// <summary>The features of the state.</summary>
    Axis Hidden { get; } = hidden;

    /// <summary>The features of the state before, which meet those of the state in a product.</summary>
    Axis Before { get; } = new("before", hidden.Length);

    /// <summary>What is learned.</summary>
    public IReadOnlyList<Parameter> Parameters => [.. Gates.SelectMany(gate => gate.Parameters)];

    /// <summary>The layers that read the inputs and a state.</summary>
    private protected abstract IReadOnlyList<Linear> Gates { get; }

    /// <summary>The states after each position.</summary>
    /// <param name="inputs">[batch, time, embed], or packed [row, embed].</param>
    /// <param name="start">The state before the first position: [hidden].</param>
    /// <param name="time">The positions.</param>
    /// <param name="packing">How the inputs are packed.</param>
    /// <returns>[time, batch, hidden].</returns>
    public Tensor Run(Tensor inputs, Tensor start, Axis time, Packing packing)
    {
        Gate[] gates = [.. Gates.Select(gate => Along(gate, inputs, time, packing))];
        var states = new Tensor[time.Length];
        for (var (i, h) = (0, start); i < states.Length; i++)
            states[i] = h = Next(packing.Reaching(h, i), gates).As("h");
        return Stack(time, [.. states.Select(packing.AmongAll)]).As("states");
    }

    /// <summary>The state after one position.</summary>
    /// <param name="input">[batch, embed].</param>
    /// <param name="before">The state before it: [batch, hidden].</param>
    /// <returns>[batch, hidden].</returns>
    public Tensor Step(Tensor input, Tensor before) => Next(before, [.. Gates.Select(gate => At(gate, input))]).As("h");

    /// <summary>The state after a position.</summary>
    /// <param name="h">The state before it: [hidden] or [batch, hidden].</param>
    /// <param name="gates">What each of <see cref="Gates"/> makes of the position's input and a state.</param>
    private protected abstract Tensor Next(Tensor h, IReadOnlyList<Gate> gates);

    private protected Linear Layer(string name) => new(name, new("xh", Embed.Length + Hidden.Length), Hidden);

    Gate Along(Linear gate, Tensor inputs, Axis time, Packing packing)
    {
        var projection = new RecurrentProjection(OfInputs(gate, inputs), OfStates(gate), time, Before, packing);
        return h => projection.Next(h.Rename(Hidden, Before));
    }

    Gate At(Linear gate, Tensor input) => h => OfInputs(gate, input) + h.Rename(Hidden, Before).Dot(OfStates(gate), over: [Before]);

    Tensor OfInputs(Linear gate, Tensor inputs) => gate.WithBias(inputs.Dot(gate.WeightOf(Embed, 0), over: [Embed]));

    Tensor OfStates(Linear gate) => gate.WeightOf(Before, Embed.Length);

    private protected delegate Tensor Gate(Tensor state);
}

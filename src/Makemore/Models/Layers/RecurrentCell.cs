using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;

namespace Makemore.Models.Layers;

/// <summary>A cell of makemore.py that carries a state along a line.</summary>
/// <param name="embed">The features that come in.</param>
/// <param name="hidden">The features of the state.</param>
public abstract class RecurrentCell(Axis embed, Axis hidden)
{
    /// <summary>The features that come in.</summary>
    protected Axis Embed { get; } = embed;

    /// <summary>The features of the state.</summary>
    protected Axis Hidden { get; } = hidden;

    /// <summary>The features of the state before, which meet those of the state in a product.</summary>
    protected Axis Before { get; } = new("before", hidden.Length);

    /// <summary>What is learned.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The states after each position.</summary>
    /// <param name="inputs">[batch, time, embed], or packed [row, embed].</param>
    /// <param name="start">The state before the first position: [hidden].</param>
    /// <param name="time">The positions.</param>
    /// <param name="packing">How the inputs are packed.</param>
    /// <returns>[time, batch, hidden].</returns>
    public abstract Tensor Run(Tensor inputs, Tensor start, Axis time, Packing packing);

    private protected Linear Gate(string name) => new(name, new("xh", Embed.Length + Hidden.Length), Hidden);

    private protected RecurrentProjection Project(Linear gate, Tensor inputs, Axis time, Packing packing) =>
        new(gate.WithBias(inputs.Dot(gate.WeightOf(Embed, 0), over: [Embed])), gate.WeightOf(Before, Embed.Length), time, Before, packing);
}

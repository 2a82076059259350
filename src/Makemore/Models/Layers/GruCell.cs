using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Models.Layers;

/// <summary>
/// The gated recurrent unit of makemore.py (Cho et al. 2014): h = (1 − z)·h + z·tanh(W·[x, r·h] + b), with the gates r and z made of [x, h].
/// </summary>
/// <param name="embed">The features that come in.</param>
/// <param name="hidden">The features of the state.</param>
public sealed class GruCell(Axis embed, Axis hidden) : RecurrentCell(embed, hidden)
{
    /// <inheritdoc/>
    private protected override IReadOnlyList<Linear> Gates => field ??= [Layer("cell.xh_to_z"), Layer("cell.xh_to_r"), Layer("cell.xh_to_hbar")];

    /// <inheritdoc/>
    private protected override Tensor Next(Tensor h, IReadOnlyList<Gate> gates)
    {
        var reset = Sigmoid(gates[1](h)).As("r");
        var update = Sigmoid(gates[0](h)).As("z");
        var candidate = Tanh(gates[2]((reset * h).As("kept"))).As("hbar");
        return (update * (candidate - h)) + h;
    }
}

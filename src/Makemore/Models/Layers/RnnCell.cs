using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Models.Layers;

/// <summary>The RNN cell of makemore.py: h = tanh(W·[x, h] + b) (Mikolov et al. 2010).</summary>
/// <param name="embed">The features that come in.</param>
/// <param name="hidden">The features of the state.</param>
public sealed class RnnCell(Axis embed, Axis hidden) : RecurrentCell(embed, hidden)
{
    /// <inheritdoc/>
    private protected override IReadOnlyList<Linear> Gates => field ??= [Layer("cell.xh_to_h")];

    /// <inheritdoc/>
    private protected override Tensor Next(Tensor h, IReadOnlyList<Gate> gates) => Tanh(gates[0](h));
}

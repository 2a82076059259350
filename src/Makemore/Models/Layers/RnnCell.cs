using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Models.Layers;

/// <summary>The RNN cell of makemore.py: h = tanh(W·[x, h] + b) (Mikolov et al. 2010).</summary>
/// <param name="embed">The features that come in.</param>
/// <param name="hidden">The features of the state.</param>
public sealed class RnnCell(Axis embed, Axis hidden) : RecurrentCell(embed, hidden)
{
    Linear ToState => field ??= Gate("cell.xh_to_h");

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => ToState.Parameters;

    /// <inheritdoc/>
    public override Tensor Run(Tensor inputs, Tensor start, Axis time, Packing packing)
    {
        var preact = Project(ToState, inputs, time, packing);
        var states = new Tensor[time.Length];
        for (var (i, h) = (0, start); i < states.Length; i++)
            states[i] = h = Tanh(preact.Next(h.Rename(Hidden, Before))).As("h");
        return Stack(time, states).As("states");
    }
}

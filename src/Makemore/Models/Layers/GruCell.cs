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
    Linear ToUpdate => field ??= Gate("cell.xh_to_z");

    Linear ToReset => field ??= Gate("cell.xh_to_r");

    Linear ToCandidate => field ??= Gate("cell.xh_to_hbar");

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [.. ToUpdate.Parameters, .. ToReset.Parameters, .. ToCandidate.Parameters];

    /// <inheritdoc/>
    public override Tensor Run(Tensor inputs, Tensor start, Axis time, Packing packing)
    {
        var (toUpdate, toReset, toCandidate) = (Project(ToUpdate, inputs, time, packing), Project(ToReset, inputs, time, packing), Project(ToCandidate, inputs, time, packing));
        var states = new Tensor[time.Length];
        for (var (i, h) = (0, start); i < states.Length; i++)
        {
            var before = h.Rename(Hidden, Before);
            var reset = Sigmoid(toReset.Next(before)).As("r");
            var update = Sigmoid(toUpdate.Next(before)).As("z");
            var candidate = Tanh(toCandidate.Next((reset * h).As("kept").Rename(Hidden, Before))).As("hbar");
            states[i] = h = ((update * (candidate - h)) + h).As("h");
        }

        return Stack(time, states).As("states");
    }
}

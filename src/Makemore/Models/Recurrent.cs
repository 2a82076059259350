using Makemore.Models.Layers;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;

namespace Makemore.Models;

/// <summary>The RNN of makemore.py: a state is carried along the line by a cell, from a start that is learned, and read out at each position.</summary>
public sealed class Recurrent : SequenceModel
{
    readonly Axis hidden, one = new("one", 1);
    readonly Parameter start;
    readonly Embedding characters;
    readonly RecurrentCell cell;
    readonly Linear head;

    /// <summary>A model of these sizes.</summary>
    /// <param name="vocab">The characters and the end marker.</param>
    /// <param name="time">The positions of a line.</param>
    /// <param name="embed">Numbers that stand for a character.</param>
    /// <param name="hidden">The features of the state.</param>
    /// <param name="cell">What carries the state.</param>
    public Recurrent(Axis vocab, Axis time, Axis embed, Axis hidden, RecurrentCell cell)
        : base(vocab, time)
    {
        (this.hidden, this.cell) = (hidden, cell);
        start = new("start", [one, hidden], Initializers.Constant(0));
        characters = new("wte", vocab, embed);
        head = new("lm_head", hidden, vocab);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [start, characters.Weight, .. cell.Parameters, .. head.Parameters];

    /// <inheritdoc/>
    public override Tensor Logits(Tensor characters, Packing packing)
    {
        var batch = characters.Shape.Without([Time]);
        var states = cell.Run(this.characters.Of(packing.Pack(characters)).As("emb"), start.At(one, 0), Time, packing);
        return head.Of(packing.Pack(states.Permute([.. batch, Time, hidden]))).As("logits");
    }

    /// <inheritdoc/>
    public override Tensor Step(LineStep step)
    {
        var h = cell.Step(characters.Of(step.Character).As("emb"), step.Recall("state", start.At(one, 0)));
        step.Keep("state", h);
        return head.Of(h).As("logits");
    }
}

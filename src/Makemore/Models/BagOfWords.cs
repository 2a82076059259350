using Makemore.Models.Layers;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Models;

/// <summary>The BoW of makemore.py: each position sees the mean of all up to it, which is attention that looks everywhere alike.</summary>
public sealed class BagOfWords : SequenceModel
{
    readonly Embedding characters, positions;
    readonly Linear widen, narrow, head;

    /// <summary>A model of these sizes.</summary>
    /// <param name="vocab">The characters and the end marker.</param>
    /// <param name="time">The positions of a line.</param>
    /// <param name="embed">Numbers that stand for a character.</param>
    /// <param name="hidden">Neurons of the hidden layer.</param>
    public BagOfWords(Axis vocab, Axis time, Axis embed, Axis hidden)
        : base(vocab, time)
    {
        (characters, positions) = (new("wte", vocab, embed), new("wpe", time, embed));
        (widen, narrow) = (new("context_block.mlp.c_fc", embed, hidden), new("context_block.mlp.c_proj", hidden, embed));
        head = new("lm_head", embed, vocab);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [characters.Weight, positions.Weight, .. widen.Parameters, .. narrow.Parameters, .. head.Parameters];

    /// <inheritdoc/>
    public override Tensor Logits(Tensor characters, Packing packing)
    {
        var time = packing.Trimmed.Positions(Time);
        var past = time.Called("past");
        var x = (this.characters.Of(packing.Pack(characters)) + packing.Pack(positions.Weight)).As("emb");
        var share = (Where(PositionAlong(time) >= PositionAlong(past), 1, 0) / (PositionAlong(time) + 1)).As("share");
        var lines = packing.Trimmed.Unpack(x);
        var mean = share.Dot(lines.Rename(time, past), over: [past]).Permute(lines.Shape).As("mean");
        return OfContext((x + packing.Trimmed.Pack(mean)).As("context"));
    }

    /// <inheritdoc/>
    public override Tensor Step(LineStep step)
    {
        var x = (characters.Of(step.Character) + positions.Of(step.Position)).As("emb");
        var sum = (step.Recall("sum_before", ((Tensor)0).BroadcastTo(x.Shape)) + x).As("sum");
        step.Keep("sum_before", sum);
        return OfContext((x + (sum / (step.Number + 1))).As("context"));
    }

    Tensor OfContext(Tensor x)
    {
        x = (x + narrow.Of(Tanh(widen.Of(x).As("preact")).As("h"))).As("block");
        return head.Of(x).As("logits");
    }
}

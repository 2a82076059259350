using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Functions;
using static Makemore.Tensors.Expressions.Initializers;

namespace Makemore.Models;

/// <summary>
/// The neural net of lecture part 1: one layer of weights without a bias, its input the character before as a one-hot row. The weights are
/// drawn to 0, as counts are smoothed.
/// </summary>
public sealed class BigramNet(Axis vocab, Axis block) : LanguageModel(vocab, block)
{
    readonly Parameter W = new("W", [vocab, new("next", vocab.Length)], Normal(1));

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [W];

    /// <inheritdoc/>
    public override Tensor Penalty => 0.01 * (W * W).Mean(W.Shape);

    /// <inheritdoc/>
    public override Tensor Logits(Tensor characters)
    {
        var previous = characters.At(Block, 0).As("previous");
        var xenc = Equal(PositionAlong(Vocab), previous).As("xenc");
        return xenc.Dot(W, over: [Vocab]).Rename(W.Shape[1], Vocab).As("logits");
    }
}

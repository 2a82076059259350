using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Initializers;

namespace Makemore.Models;

/// <summary>The bigram model of makemore.py: a table of logits, a row for each character before.</summary>
public sealed class Bigram(Axis vocab, Axis block) : LanguageModel(vocab, block)
{
    readonly Parameter logits = new("logits", [vocab, new("next", vocab.Length)], Constant(0));

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [logits];

    /// <inheritdoc/>
    public override Tensor Logits(Tensor characters)
    {
        var previous = characters.At(Block, 0).As("previous");
        return logits[previous].Rename(logits.Shape[1], Vocab);
    }
}

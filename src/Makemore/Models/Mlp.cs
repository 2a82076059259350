using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Functions;
using static Makemore.Tensors.Expressions.Initializers;

namespace Makemore.Models;

/// <summary>
/// Bengio et al. 2003, as in lecture part 2: embed the last <c>block</c> characters, one tanh layer, predict the next.
/// Initialised as in lecture part 3: Kaiming's scale before the tanh, small output weights, no output bias.
/// </summary>
public sealed class Mlp(Axis vocab, Axis block, Axis embed, Axis hidden) : LanguageModel(vocab, block)
{
    readonly Parameter C = new("C", [vocab, embed], Normal(1));
    readonly Parameter W1 = new("W1", [block, embed, hidden], KaimingNormal(TanhGain, block, embed));
    readonly Parameter b1 = new("b1", [hidden], Normal(0.01));

    // Laid out like the weight of PyTorch's Linear, [out, in], which wastes least of a vector: 27 rows of 200 and not 200 of 27.
    readonly Parameter W2 = new("W2", [vocab, hidden], DrawnAs([hidden, vocab], Normal(0.01)));
    readonly Parameter b2 = new("b2", [vocab], Normal(0));

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [C, W1, b1, W2, b2];

    /// <inheritdoc/>
    public override Tensor Logits(Tensor characters)
    {
        var emb = C[characters].As("emb");
        var preact = (emb.Dot(W1, over: [block, embed]) + b1).As("preact");
        var h = Tanh(preact).As("h");
        return (h.Dot(W2, over: [hidden]) + b2).As("logits");
    }
}

using Makemore.Models.Layers;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Functions;
using static Makemore.Tensors.Expressions.Initializers;

namespace Makemore.Models;

/// <summary>The MLP of lecture part 3: batch normalisation before the tanh, and hence no bias before it.</summary>
public sealed class MlpBatchNorm(Axis vocab, Axis block, Axis embed, Axis hidden) : LanguageModel(vocab, block)
{
    readonly Parameter C = new("C", [vocab, embed], Normal(1));
    readonly Parameter W1 = new("W1", [block, embed, hidden], KaimingNormal(TanhGain, block, embed));
    readonly BatchNorm norm = new("bngain", "bnbias", "bnmean_running", "bnstd_running", hidden) { Momentum = 0.001, Epsilon = 0, KeepsDeviation = true };

    // Laid out like the MLP's.
    readonly Parameter W2 = new("W2", [vocab, hidden], DrawnAs([hidden, vocab], Normal(0.01)));
    readonly Parameter b2 = new("b2", [vocab], Normal(0));

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [C, W1, W2, b2, .. norm.Parameters];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> State => norm.State;

    /// <inheritdoc/>
    public override Tensor Logits(Tensor characters) => Logits(characters, Pass.Evaluation());

    /// <inheritdoc/>
    public override Tensor Logits(Tensor characters, Pass pass)
    {
        var emb = C[characters].As("emb");
        var hprebn = emb.Dot(W1, over: [block, embed]).As("hprebn");
        var hpreact = norm.Of(hprebn, pass).As("hpreact");
        var h = Tanh(hpreact).As("h");
        return (h.Dot(W2, over: [hidden]) + b2).As("logits");
    }
}

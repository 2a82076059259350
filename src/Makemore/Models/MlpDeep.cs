using Makemore.Models.Layers;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Functions;
using static Makemore.Tensors.Expressions.Initializers;

namespace Makemore.Models;

/// <summary>
/// The six layers of lecture part 3, with which it looks at activations and gradients: five with a tanh and one for the logits, each with
/// batch normalisation or without any.
/// </summary>
public sealed class MlpDeep : LanguageModel
{
    const int Layers = 6;
    const double Unsure = 0.1;

    readonly Parameter C;
    readonly LectureLinear[] linear = new LectureLinear[Layers];
    readonly BatchNorm[] norms;

    /// <summary>The model.</summary>
    /// <param name="vocab">The characters and the end marker.</param>
    /// <param name="block">The characters of a context.</param>
    /// <param name="embed">The numbers that stand for a character.</param>
    /// <param name="hidden">The neurons of each layer but the last.</param>
    /// <param name="norm">What normalises the layers.</param>
    /// <param name="gain">What weights are multiplied with at first; 5/3 keeps the deviation of a tanh's outputs without a norm.</param>
    public MlpDeep(Axis vocab, Axis block, Axis embed, int hidden, Norm norm, double gain)
        : base(vocab, block)
    {
        C = new("C", [vocab, embed], Normal(1));
        norms = new BatchNorm[norm == Norm.Batch ? Layers : 0];
        Shape from = [block, embed];
        for (var i = 0; i < Layers; i++)
        {
            // The last layer is made less confident: by its norm's weight, or by its own.
            var last = i == Layers - 1;
            var to = last ? vocab : new Axis($"hidden{i + 1}", hidden);
            var scale = last && norm == Norm.None ? Unsure : gain;
            linear[i] = new($"linear{i + 1}", from, to, KaimingNormal(scale, [.. from]), norm == Norm.None ? Constant(0) : null);
            if (norm == Norm.Batch)
                norms[i] = new($"norm{i + 1}", to, last ? Unsure : 1);
            from = [to];
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [C, .. linear.SelectMany(layer => layer.Parameters), .. norms.SelectMany(norm => norm.Parameters)];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> State => [.. norms.SelectMany(norm => norm.State)];

    /// <inheritdoc/>
    public override Tensor Logits(Tensor characters) => Logits(characters, Pass.Evaluation());

    /// <inheritdoc/>
    public override Tensor Logits(Tensor characters, Pass pass)
    {
        var h = C[characters].As("emb");
        for (var i = 0; i < Layers; i++)
        {
            var preact = linear[i].Of(h);
            if (norms.Length > 0)
                preact = norms[i].Of(preact.As($"prebn{i + 1}"), pass);
            h = i < Layers - 1 ? Tanh(preact.As($"preact{i + 1}")).As($"h{i + 1}") : preact.As("logits");
        }

        return h;
    }
}

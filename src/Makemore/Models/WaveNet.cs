using Makemore.Models.Layers;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Functions;
using static Makemore.Tensors.Expressions.Initializers;

namespace Makemore.Models;

/// <summary>
/// The hierarchy of lecture part 5, after van den Oord et al. 2016: neighbours are joined in pairs, then pairs of pairs, each level a layer
/// with batch normalisation and a tanh, until one vector stands for the whole context.
/// </summary>
public sealed class WaveNet : LanguageModel
{
    static readonly Axis Pair = new("pair", 2);

    readonly Embedding embedding;
    readonly List<Level> levels = [];
    readonly LectureLinear output;

    /// <summary>The model.</summary>
    /// <param name="vocab">The characters and the end marker.</param>
    /// <param name="block">The characters of a context: 2, 4, 8, …</param>
    /// <param name="embed">The numbers that stand for a character.</param>
    /// <param name="hidden">The neurons of each level, at each of its positions.</param>
    public WaveNet(Axis vocab, Axis block, Axis embed, int hidden)
        : base(vocab, block)
    {
        embedding = new("embedding", vocab, embed);
        var from = embed;
        for (var time = block.Length / 2; time > 0; time /= 2)
        {
            var (i, to) = (levels.Count + 1, new Axis($"hidden{levels.Count + 1}", hidden));
            levels.Add(new(new($"time{i}", time), new($"linear{i}", [Pair, from], to, KaimingNormal(1, Pair, from)), new($"norm{i}", to)));
            from = to;
        }

        output = new("output", [from], vocab, KaimingNormal(0.1, from), Constant(0));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters =>
        [.. embedding.Parameters, .. levels.SelectMany(level => (Parameter[])[.. level.LectureLinear.Parameters, .. level.Norm.Parameters]), .. output.Parameters];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> State => [.. levels.SelectMany(level => level.Norm.State)];

    /// <inheritdoc/>
    public override Tensor Logits(Tensor characters) => Logits(characters, Pass.Evaluation());

    /// <inheritdoc/>
    public override Tensor Logits(Tensor characters, Pass pass)
    {
        var (h, time) = (embedding.Of(characters).As("emb"), Block);
        foreach (var level in levels)
        {
            // The lecture's FlattenConsecutive(2): at the top, where one pair is left, it drops the position too.
            h = level.Time.Length == 1 ? h.Rename(time, Pair) : h.Split(time, [level.Time, Pair]);
            var preact = level.Norm.Of(level.LectureLinear.Of(h).As("prebn"), pass).As("preact");
            h = Tanh(preact).As("h");
            time = level.Time;
        }

        return output.Of(h).As("logits");
    }

    sealed record Level(Axis Time, LectureLinear LectureLinear, BatchNorm Norm);
}

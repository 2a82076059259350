using Makemore.Models.Layers;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Models;

/// <summary>The MLP of makemore.py, after Bengio et al. 2003: each position sees all up to it, the nearest first, with a token of its own for what lies before the line.</summary>
public sealed class LineMlp : SequenceModel
{
    readonly Axis embed, tokens;
    readonly Embedding characters;
    readonly Linear first, second;

    /// <summary>A model of these sizes.</summary>
    /// <param name="vocab">The characters and the end marker.</param>
    /// <param name="time">The positions of a line.</param>
    /// <param name="embed">Numbers that stand for a character.</param>
    /// <param name="hidden">Neurons of the hidden layer.</param>
    public LineMlp(Axis vocab, Axis time, Axis embed, Axis hidden)
        : base(vocab, time)
    {
        (this.embed, tokens) = (embed, new("token", vocab.Length + 1));
        characters = new("wte", tokens, embed);
        (first, second) = (new("mlp.0", new("inputs", time.Length * embed.Length), hidden), new("mlp.2", hidden, vocab));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [characters.Weight, .. first.Parameters, .. second.Parameters];

    /// <inheritdoc/>
    public override Tensor Logits(Tensor characters, Packing packing)
    {
        // What each character adds to the hidden layer from each distance is computed once, for all the places where it stands.
        var preact = first.WithBias(Enumerable.Range(0, Time.Length).Select(Added).Aggregate((sum, added) => sum + added)).As("preact");
        return second.Of(Tanh(preact).As("h")).As("logits");

        Tensor Added(int back)
        {
            var table = this.characters.Weight.Dot(first.WeightOf(embed, back * embed.Length), over: [embed]).As($"back{back}");
            return table[packing.Pack(characters.PointingInto(tokens).Shift(Time, back, value: Vocab.Length))];
        }
    }
}

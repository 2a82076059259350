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
    public override Tensor Logits(Tensor characters, Packing packing) =>
        OfSum(back => Added(back)[packing.Pack(characters.PointingInto(tokens).Shift(Time, back, value: Vocab.Length))]);

    /// <inheritdoc/>
    public override Tensor Step(LineStep step) => OfSum(back =>
    {
        var added = Added(back);
        var before = added[step.Window.At(Time, Time.Length - 1 - back).PointingInto(tokens)];
        return Where(step.Number >= back, before, added.At(tokens, Vocab.Length));
    });

    Tensor OfSum(Func<int, Tensor> added)
    {
        var preact = first.WithBias(Enumerable.Range(0, Time.Length).Select(added).Aggregate((sum, next) => sum + next)).As("preact");
        return second.Of(Tanh(preact).As("h")).As("logits");
    }

    // What each character adds to the hidden layer from a distance, computed once for all the places where it stands.
    Tensor Added(int back) => characters.Weight.Dot(first.WeightOf(embed, back * embed.Length), over: [embed]).As($"back{back}");
}

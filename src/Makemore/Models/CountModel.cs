using Makemore.Text;

namespace Makemore.Models;

/// <summary>A model made of counts: no parameters, no gradient, learned in one pass over the examples.</summary>
public abstract class CountModel(GramCounts counts) : IPredictor
{
    /// <summary>What it learned.</summary>
    public GramCounts Counts { get; } = counts;

    /// <inheritdoc/>
    public int Tokens => Counts.Tokens;

    /// <inheritdoc/>
    public int Block => Counts.Order - 1;

    /// <summary>How likely a token is to follow.</summary>
    /// <param name="context">At least <see cref="Block"/> tokens, of which the last count.</param>
    /// <param name="next">The token.</param>
    public abstract double Probability(ReadOnlySpan<int> context, int next);

    /// <summary>The distribution of what follows one context.</summary>
    /// <param name="context"><see cref="Block"/> tokens.</param>
    /// <param name="probabilities">One for each token.</param>
    protected abstract void PredictOne(ReadOnlySpan<int> context, Span<double> probabilities);

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<int> contexts, Span<double> probabilities)
    {
        for (var row = 0; row * Block < contexts.Length; row++)
            PredictOne(contexts.Slice(row * Block, Block), probabilities.Slice(row * Tokens, Tokens));
    }

    /// <summary>The mean of −log p over some examples, in nats a character.</summary>
    /// <param name="examples">The examples, contexts of at least <see cref="Block"/> tokens.</param>
    /// <param name="part">Which of them, at least one.</param>
    /// <exception cref="ArgumentException">The examples are whole lines.</exception>
    public double MeanLoss(Examples examples, Range part)
    {
        if (examples.Lengths is not null)
            throw new ArgumentException("counts predict what follows contexts, and these examples are whole lines", nameof(examples));
        var (first, length) = part.GetOffsetAndLength(examples.Count);
        var sum = 0.0;
        for (var example = first; example < first + length; example++)
            sum -= Math.Log(Probability(examples.Context(example), examples.Targets[example]));
        return sum / length;
    }

    /// <summary>Nothing is held that would have to be given back.</summary>
    public void Dispose() => GC.SuppressFinalize(this);
}

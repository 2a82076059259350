namespace Makemore.Models;

/// <summary>
/// Lecture part 1's table of counts: which token follows which. Something is added to each count, so that nothing is impossible
/// (Laplace's rule of succession, for 1).
/// </summary>
public sealed class BigramCounts : CountModel
{
    // Few of the pairs that a large alphabet allows ever occur.
    readonly Dictionary<(int Previous, int Next), long> pairs = [];
    readonly long[] firsts;
    readonly double smoothing;

    /// <summary>The table of these counts.</summary>
    /// <param name="counts">Counts of pairs.</param>
    /// <param name="smoothing">What is added to each count, above 0.</param>
    /// <exception cref="ArgumentException">The counts are not those of pairs, or the smoothing is not above 0.</exception>
    public BigramCounts(GramCounts counts, double smoothing)
        : base(counts)
    {
        if (counts.Order != 2)
            throw new ArgumentException($"sequences of {counts.Order} tokens are no pairs");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(smoothing);
        this.smoothing = smoothing;
        firsts = new long[counts.Tokens];
        for (var i = 0; i < counts.Counts.Count; i++)
        {
            var (previous, next) = (counts.Grams[2 * i], counts.Grams[(2 * i) + 1]);
            pairs[(previous, next)] = pairs.GetValueOrDefault((previous, next)) + counts.Counts[i];
            firsts[previous] += counts.Counts[i];
        }
    }

    /// <inheritdoc/>
    public override double Probability(ReadOnlySpan<int> context, int next) =>
        (pairs.GetValueOrDefault((context[^1], next)) + smoothing) / (firsts[context[^1]] + (smoothing * Tokens));

    /// <inheritdoc/>
    protected override void PredictOne(ReadOnlySpan<int> context, Span<double> probabilities)
    {
        for (var next = 0; next < Tokens; next++)
            probabilities[next] = Probability(context, next);
    }
}

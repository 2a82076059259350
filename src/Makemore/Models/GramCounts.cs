using System.Runtime.InteropServices;
using Makemore.Text;

namespace Makemore.Models;

/// <summary>How often each sequence of n tokens occurs: all that a model of counts learns from its examples.</summary>
/// <remarks>Contexts reach back over a line's beginning, into markers, as those of <see cref="Examples"/> do.</remarks>
public sealed class GramCounts
{
    // A code point takes 21 bits, and six of them fit into the key by which sequences are told apart.
    const int BitsOfToken = 21;

    /// <summary>The longest sequences that can be counted.</summary>
    public const int LongestOrder = 6;

    /// <summary>Counts that are known already.</summary>
    /// <param name="order">n, from 2 to 6.</param>
    /// <param name="vocabulary">How many tokens there are.</param>
    /// <param name="grams">The sequences: [gram, order], row-major.</param>
    /// <param name="counts">How often each occurs: [gram].</param>
    /// <exception cref="ArgumentException">The order is out of bounds, lengths do not fit together, there is no sequence, a token is not in the vocabulary, or a count is less than 1.</exception>
    public GramCounts(int order, int vocabulary, IReadOnlyList<int> grams, IReadOnlyList<long> counts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, LongestOrder);
        if (counts.Count == 0 || grams.Count != (long)counts.Count * order)
            throw new ArgumentException($"{counts.Count} counts do not fit {grams.Count} tokens of sequences of {order}");
        if (grams.Any(token => token < 0 || token >= vocabulary))
            throw new ArgumentException($"a sequence has the token {grams.First(token => token < 0 || token >= vocabulary)}, and there are {vocabulary} tokens");
        if (counts.Any(count => count is < 1 or > int.MaxValue))
            throw new ArgumentException($"a sequence occurs {counts.First(count => count is < 1 or > int.MaxValue)} times");
        (Order, Tokens, Grams, Counts) = (order, vocabulary, [.. grams], [.. counts]);
    }

    /// <summary>n: the tokens of a sequence.</summary>
    public int Order { get; }

    /// <summary>How many tokens there are, the marker among them.</summary>
    public int Tokens { get; }

    /// <summary>The sequences in order: [gram, order], row-major.</summary>
    public IReadOnlyList<int> Grams { get; }

    /// <summary>How often each occurs: [gram].</summary>
    public IReadOnlyList<long> Counts { get; }

    /// <summary>Counts what examples hold: the end of each context with its target.</summary>
    /// <param name="examples">The examples, contexts of at least <paramref name="order"/> − 1 tokens.</param>
    /// <param name="part">Which of them.</param>
    /// <param name="vocabulary">How many tokens there are.</param>
    /// <param name="order">n, from 2 to 6.</param>
    /// <exception cref="ArgumentOutOfRangeException">The contexts are shorter, or n is not one of these.</exception>
    /// <exception cref="ArgumentException">The examples are whole lines, or there are none.</exception>
    public static GramCounts Of(Examples examples, Range part, int vocabulary, int order)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, LongestOrder);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order - 1, examples.Block);
        if (examples.Lengths is not null)
            throw new ArgumentException("sequences are counted in contexts, and these examples are whole lines", nameof(examples));
        var (first, length) = part.GetOffsetAndLength(examples.Count);
        var counts = new Dictionary<UInt128, long>();
        for (var example = first; example < first + length; example++)
        {
            UInt128 key = 0;
            foreach (var token in examples.Context(example)[^(order - 1)..])
                key = (key << BitsOfToken) | (uint)token;
            CollectionsMarshal.GetValueRefOrAddDefault(counts, (key << BitsOfToken) | (uint)examples.Targets[example], out _)++;
        }

        var sorted = counts.Keys.ToArray();
        Array.Sort(sorted);
        var grams = new int[sorted.Length * order];
        for (var i = 0; i < grams.Length; i++)
            grams[i] = (int)(uint)(sorted[i / order] >> (BitsOfToken * (order - 1 - (i % order)))) & ((1 << BitsOfToken) - 1);
        return new(order, vocabulary, grams, [.. sorted.Select(key => counts[key])]);
    }
}

using System.Runtime.InteropServices;
using Makemore.Text;

namespace Makemore.Models;

/// <summary>
/// Interpolated modified Kneser-Ney smoothing (Chen and Goodman 1999, "An empirical study of smoothing techniques for language modeling",
/// Computer Speech and Language 13): each context's counts, discounted, and what was taken goes to the next shorter context, which counts
/// not how often a token follows but after how many different tokens it does. Below the empty context all tokens are alike.
/// </summary>
/// <remarks>
/// A context that reaches back to its line's beginning holds one marker there and is never longer. Nothing can stand before a beginning, so
/// such contexts keep their plain counts whatever their length.
/// </remarks>
public sealed class NGram : CountModel
{
    // Contexts as a tree: the root is the empty one, a child has one token more on its left. Children are numbered after their parents.
    const int Root = 0;
    readonly Dictionary<(int Context, int Token), int> children = [];

    // What follows a context lies between its first place and that of the next context, in the order of tokens.
    readonly int[] firsts;
    readonly int[] followers;
    readonly double[] shares;

    // For each context, what is left for the next shorter one.
    readonly double[] rests;

    /// <summary>The model of these counts.</summary>
    public NGram(GramCounts counts)
        : base(counts)
    {
        List<int> parents = [-1];
        var byDepth = Enumerable.Range(0, counts.Order).Select(_ => new Dictionary<(int Context, int Next), long>()).ToArray();
        var gram = new int[counts.Order];
        for (var i = 0; i < counts.Counts.Count; i++)
        {
            for (var place = 0; place < gram.Length; place++)
                gram[place] = counts.Grams[(i * gram.Length) + place];
            var (context, depth) = Grow(gram.AsSpan(..^1), parents);
            CollectionsMarshal.GetValueRefOrAddDefault(byDepth[depth], (context, gram[^1]), out _) += counts.Counts[i];
        }

        for (var depth = byDepth.Length - 1; depth > 0; depth--)
        {
            foreach (var (context, next) in byDepth[depth].Keys)
                CollectionsMarshal.GetValueRefOrAddDefault(byDepth[depth - 1], (parents[context], next), out _)++;
        }

        firsts = new int[parents.Count + 1];
        rests = new double[parents.Count];
        followers = new int[byDepth.Sum(level => level.Count)];
        shares = new double[followers.Length];
        Fill(byDepth);
    }

    /// <inheritdoc/>
    public override double Probability(ReadOnlySpan<int> context, int next)
    {
        var probability = 1.0 / Tokens;
        foreach (var known in Known(context))
        {
            var place = Array.BinarySearch(followers, firsts[known], firsts[known + 1] - firsts[known], next);
            probability = (rests[known] * probability) + (place >= 0 ? shares[place] : 0);
        }

        return probability;
    }

    /// <inheritdoc/>
    protected override void PredictOne(ReadOnlySpan<int> context, Span<double> probabilities)
    {
        probabilities.Fill(1.0 / Tokens);
        foreach (var known in Known(context))
        {
            foreach (ref var probability in probabilities)
                probability *= rests[known];
            for (var place = firsts[known]; place < firsts[known + 1]; place++)
                probabilities[followers[place]] += shares[place];
        }
    }

    // The context of a sequence in the tree, made where it is new, and its length.
    (int Context, int Depth) Grow(ReadOnlySpan<int> tokens, List<int> parents)
    {
        var (context, depth) = (Root, 0);
        while (depth < tokens.Length && (depth == 0 || tokens[^depth] != Vocabulary.EndMarker))
        {
            ref var child = ref CollectionsMarshal.GetValueRefOrAddDefault(children, (context, tokens[^(depth + 1)]), out var exists);
            if (!exists)
            {
                child = parents.Count;
                parents.Add(context);
            }

            context = child;
            depth++;
        }

        return (context, depth);
    }

    void Fill(Dictionary<(int Context, int Next), long>[] byDepth)
    {
        var totals = new double[rests.Length];
        var entries = new List<(int Context, int Next, long Count, double Discount)>(followers.Length);
        foreach (var level in byDepth)
        {
            var discounts = Discounts.Of(level.Values);
            foreach (var ((context, next), count) in level)
            {
                entries.Add((context, next, count, discounts[count]));
                totals[context] += count;
                rests[context] += discounts[count];
                firsts[context + 1]++;
            }
        }

        for (var context = 0; context < totals.Length; context++)
        {
            rests[context] /= totals[context];
            firsts[context + 1] += firsts[context];
        }

        entries.Sort((x, y) => (x.Context, x.Next).CompareTo((y.Context, y.Next)));
        for (var place = 0; place < entries.Count; place++)
        {
            var (context, next, count, discount) = entries[place];
            (followers[place], shares[place]) = (next, (count - discount) / totals[context]);
        }
    }

    // The contexts that occurred, from the empty one to the longest.
    List<int> Known(ReadOnlySpan<int> tokens)
    {
        List<int> known = [Root];
        for (var depth = 0; depth < Block && (depth == 0 || tokens[^depth] != Vocabulary.EndMarker); depth++)
        {
            if (!children.TryGetValue((known[^1], tokens[^(depth + 1)]), out var child))
                break;
            known.Add(child);
        }

        return known;
    }
}

using Makemore.Text;

namespace Makemore.Models;

/// <summary>Interpolated modified Kneser-Ney smoothing, written down from the paper with strings and without a thought for speed.</summary>
/// <remarks>A line is <c>^emma$</c>: its beginning is shown as <c>^</c> and its end as <c>$</c>.</remarks>
sealed class KneserNeyByTheBook
{
    readonly Dictionary<string, double>[] counts;
    readonly Discounts[] discounts;
    readonly int order;
    readonly int tokens;

    public KneserNeyByTheBook(IEnumerable<string> lines, Vocabulary vocabulary, int order)
    {
        (this.order, tokens) = (order, vocabulary.Count);
        string[] marked = [.. lines.Select(line => $"^{line}$")];
        counts = new Dictionary<string, double>[order + 1];
        for (var length = order; length > 0; length--)
        {
            var longest = length == order;
            var inLines = marked.SelectMany(line => Enumerable.Range(0, Math.Max(0, line.Length - length + 1)).Select(start => line.Substring(start, length))).Where(gram => gram != "^").ToList();
            counts[length] = inLines.Distinct().ToDictionary(
                gram => gram,
                gram => longest || gram[0] == '^' ? inLines.Count(other => other == gram) : (double)counts[length + 1].Keys.Count(longer => longer[1..] == gram));
        }

        discounts = [default, .. counts.Skip(1).Select(level => Discounts.Of(level.Values.Select(count => (long)count)))];
    }

    /// <summary>The probability of a character, or of the end <c>.</c>, after the characters of a line; fewer than the order demands mean the line's beginning.</summary>
    public double Probability(string context, string next) =>
        Smoothed(context.Length < order - 1 ? $"^{context}" : context, next == "." ? "$" : next);

    double Smoothed(string context, string next)
    {
        var shorter = context.Length == 0 ? 1.0 / tokens : Smoothed(context[1..], next);
        var length = context.Length + 1;
        var seen = counts[length].Where(gram => gram.Key[..^1] == context).Select(gram => gram.Value).ToList();
        if (seen.Count == 0)
            return shorter;
        var taken = seen.Sum(count => discounts[length][(long)count]);
        var own = counts[length].TryGetValue(context + next, out var count) ? count - discounts[length][(long)count] : 0;
        return (own + (taken * shorter)) / seen.Sum();
    }
}

using System.Globalization;
using System.Text;
using Makemore.Text;

namespace Makemore.Cli.Display;

/// <summary>New lines, marked where they are not so new.</summary>
static class SampleList
{
    const int WidestColumn = 30;
    const int ShortestCut = 100;

    /// <summary>The lines, those that stand in the data marked, and those that never end cut.</summary>
    public static string Of(IReadOnlyList<string> samples, Corpus corpus)
    {
        var known = corpus.Lines.ToHashSet(StringComparer.Ordinal);
        var column = Math.Min(WidestColumn, samples.Max(Width));
        var longest = Math.Max(ShortestCut, 2 * corpus.LongestLine);
        var text = new StringBuilder();
        foreach (var sample in samples)
        {
            text.Append(Width(sample) <= longest ? sample : $"{new StringInfo(sample).SubstringByTextElements(0, longest)}…");
            if (known.Contains(sample))
                text.Append(' ', Math.Max(0, column - Width(sample))).Append("   (in the data)");
            text.Append('\n');
        }

        return text.ToString();
    }

    static int Width(string text) => new StringInfo(text).LengthInTextElements;
}

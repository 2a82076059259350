namespace Makemore.Tensors.Programs;

/// <summary>Names that somebody may have meant.</summary>
public static class NearNames
{
    const int Most = 5;

    /// <summary>The known names that are nearest to another one, the nearest first: those that contain it, then by the letters that differ.</summary>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> known) =>
        [.. known.Distinct().OrderBy(other => !other.Contains(name, StringComparison.OrdinalIgnoreCase)).ThenBy(other => Distance(name, other)).Take(Most)];

    // Levenshtein's: letters inserted, dropped or replaced, capitals alike.
    static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 0; i < from.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 0; j < to.Length; j++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(from[i]) == char.ToUpperInvariant(to[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, 1 + Math.Min(diagonal, row[j]));
            }
        }

        return row[^1];
    }
}

namespace Makemore.Models;

/// <summary>The last characters of lines that grow side by side.</summary>
/// <param name="lines">How many lines.</param>
/// <param name="block">How many characters of each.</param>
sealed class LineWindows(int lines, int block)
{
    readonly int[] tokens = new int[lines * block];

    /// <summary>[line, block], the newest token last; before a line began, the marker.</summary>
    public ReadOnlySpan<int> Tokens => tokens;

    /// <summary>Adds a token to each line.</summary>
    /// <param name="next">[line].</param>
    /// <param name="positions">[line]; a new line begins at 0.</param>
    public void Add(ReadOnlySpan<int> next, ReadOnlySpan<int> positions)
    {
        for (var line = 0; line < next.Length; line++)
        {
            var window = tokens.AsSpan(line * block, block);
            if (positions[line] == 0)
                window.Clear();
            window[1..].CopyTo(window);
            window[^1] = next[line];
        }
    }

    /// <summary>Makes a line one of these tokens.</summary>
    public void Set(int line, ReadOnlySpan<int> beginning)
    {
        var window = tokens.AsSpan(line * block, block);
        window.Clear();
        beginning = beginning[^Math.Min(beginning.Length, block)..];
        beginning.CopyTo(window[^beginning.Length..]);
    }
}

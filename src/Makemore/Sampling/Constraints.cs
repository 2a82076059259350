using Makemore.Text;

namespace Makemore.Sampling;

/// <summary>
/// What a line that is being made must become, and which characters still allow that: the rest are never drawn, so that no line has to be
/// thrown away.
/// </summary>
sealed class Constraints
{
    readonly SamplingOptions options;
    readonly int[] pattern;
    readonly int tokens;

    // How much of the pattern is matched if the next character is not the one it needs (Knuth, Morris and Pratt 1977).
    readonly int[] fallback;

    // Lines that are not to be made: those that were given and, if lines are to be unique, those that were made.
    readonly LineTrie forbidden = new();

    // Beginnings among those behind which no line is left: there will never be one again.
    readonly HashSet<(int Beginning, int Matched)> exhausted = [];

    public Constraints(SamplingOptions options, Vocabulary vocabulary)
    {
        options.Validate();
        (this.options, tokens) = (options, vocabulary.Count);
        Prefix = vocabulary.Encode(options.Prefix);
        pattern = vocabulary.Encode(options.Contains);
        fallback = Fallback(pattern);
        foreach (var line in options.Except)
        {
            // A line with characters that the model does not know is never made anyway.
            if (vocabulary.Knows(line))
                forbidden.Add(vocabulary.Encode(line));
        }

        if (!CanEnd(Start))
            throw new MakemoreException(Contradiction());
    }

    /// <summary>How every line begins.</summary>
    public IReadOnlyList<int> Prefix { get; }

    /// <summary>A line that is as long as its prefix.</summary>
    public LineState Start => Prefix.Aggregate(new LineState(0, 0, forbidden.IsEmpty ? LineTrie.Outside : LineTrie.Root), Next);

    /// <summary>Whether a line can be made at all; when lines are unique, all may have been.</summary>
    public bool AnyLeft => CanEnd(Start);

    /// <summary>The line with one more character.</summary>
    public LineState Next(LineState state, int token)
    {
        var matched = state.Matched;
        while (matched < pattern.Length && matched > 0 && pattern[matched] != token)
            matched = fallback[matched - 1];
        if (matched < pattern.Length && pattern[matched] == token)
            matched++;
        return new(state.Length + 1, matched, forbidden.Next(state.Forbidden, token));
    }

    /// <summary>Whether it is plain that any character may follow, and the line may end.</summary>
    public bool AllowsAnything(LineState state) =>
        state.Forbidden == LineTrie.Outside && state.Matched == pattern.Length && state.Length >= options.MinLength && state.Length < options.MaxLength;

    /// <summary>Whether a character may follow, or the line may end.</summary>
    public bool Allows(LineState state, int token) => token == Vocabulary.EndMarker ? IsWhole(state) : CanEnd(Next(state, token));

    /// <summary>Takes note of a line that was made.</summary>
    public void Made(ReadOnlySpan<int> line)
    {
        if (options.Unique)
            forbidden.Add(line);
    }

    /// <summary>Whether a line is one that is not to be made, or that was made where none is to be twice.</summary>
    public bool IsForbidden(ReadOnlySpan<int> line)
    {
        var node = LineTrie.Root;
        foreach (var token in line)
            node = forbidden.Next(node, token);
        return forbidden.IsLine(node);
    }

    bool IsWhole(LineState state) => state.Length >= options.MinLength && state.Length <= options.MaxLength && state.Matched == pattern.Length && !forbidden.IsLine(state.Forbidden);

    // Whether some characters, or none, make it whole.
    bool CanEnd(LineState state)
    {
        var room = options.MaxLength - state.Length;
        if (room < pattern.Length - state.Matched || room < 0)
            return false;
        if (state.Forbidden == LineTrie.Outside || IsWhole(state))
            return true;
        if (exhausted.Contains((state.Forbidden, state.Matched)))
            return false;
        for (var token = 1; token < tokens; token++)
        {
            if (CanEnd(Next(state, token)))
                return true;
        }

        exhausted.Add((state.Forbidden, state.Matched));
        return false;
    }

    static int[] Fallback(int[] pattern)
    {
        var matches = new int[pattern.Length];
        for (int i = 1, matched = 0; i < pattern.Length; i++)
        {
            while (matched > 0 && pattern[i] != pattern[matched])
                matched = matches[matched - 1];
            if (pattern[i] == pattern[matched])
                matched++;
            matches[i] = matched;
        }

        return matches;
    }

    string Contradiction()
    {
        var start = Start;
        if (start.Length > options.MaxLength)
            return $"the prefix '{options.Prefix}' has {Amount.Of(start.Length, "character")}, and lines may have {options.MaxLength}";
        var least = start.Length + pattern.Length - start.Matched;
        return least > options.MaxLength
            ? $"a line with '{options.Contains}' in it{(options.Prefix.Length > 0 ? $" that begins with '{options.Prefix}'" : "")} has at least {Amount.Of(least, "character")}, and lines may have {options.MaxLength}"
            : "every line that the constraints allow stands in the data; allow longer ones, or those of the data";
    }
}

/// <summary>What matters of a line's beginning.</summary>
/// <param name="Length">Its characters.</param>
/// <param name="Matched">How much of what it must contain it has, or ends with the beginning of.</param>
/// <param name="Forbidden">Where it stands among the lines that are not to be made.</param>
readonly record struct LineState(int Length, int Matched, int Forbidden);

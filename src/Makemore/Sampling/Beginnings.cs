using Makemore.Models;

namespace Makemore.Sampling;

/// <summary>
/// The beginnings that many lines share. Whoever begins so need not go through them again: what the model says is known, and what it kept is recalled.
/// The tree grows where lines come by, a beginning being kept once the one before it was met often.
/// </summary>
/// <param name="decoder">What goes along the lines.</param>
/// <param name="tokens">How many tokens there are.</param>
sealed class Beginnings(IDecoder decoder, int tokens)
{
    // A beginning that few lines have is not worth its place, and more of them than fit the processor's caches are slow to find.
    const int Often = 8;
    const int Most = 8192;
    const long MostBytes = 1 << 24;

    readonly long most = Math.Min(Most, MostBytes / (((decoder.Kept + tokens) * sizeof(float)) + (tokens * IntPtr.Size)));
    int[] path = [];
    float[][] pathKept = [];
    int count;

    /// <summary>The marker alone, once a line has stepped on it.</summary>
    public Beginning? Marker { get; private set; }

    /// <summary>The beginning that a line has just gone through.</summary>
    /// <param name="before">The same without its last token, if that was kept.</param>
    /// <param name="token">The last token.</param>
    /// <param name="place">The line's place.</param>
    /// <param name="probabilities">What the model says.</param>
    /// <returns>Null where it is not kept.</returns>
    public Beginning? Keep(Beginning before, int token, int place, ReadOnlySpan<float> probabilities)
    {
        if (before.Longer(token) is { } known)
            return known;
        return before.Met >= Often && count < most ? before.Add(token, [.. probabilities], KeptOf(place)) : null;
    }

    /// <summary>The marker, on which a line has just stepped.</summary>
    public Beginning KeepMarker(int token, int place, ReadOnlySpan<float> probabilities) => Marker ??= new(null, token, [.. probabilities], KeptOf(place));

    /// <summary>Puts a line behind a beginning.</summary>
    /// <param name="place">The line's place.</param>
    /// <param name="beginning">The beginning.</param>
    public void Recall(int place, Beginning beginning)
    {
        var length = beginning.Length;
        if (path.Length < length)
            (path, pathKept) = (new int[2 * length], new float[2 * length][]);
        for (var (at, part) = (length - 1, beginning); part is not null; at--, part = part.Before)
            (path[at], pathKept[at]) = (part.Token, part.Kept);
        decoder.Recall(place, path.AsSpan(0, length), pathKept.AsSpan(0, length));
    }

    float[] KeptOf(int place)
    {
        count++;
        var kept = new float[decoder.Kept];
        decoder.Save(place, kept);
        return kept;
    }
}

namespace Makemore.Models;

/// <summary>A language model that goes along many lines side by side, a character a step; it may keep what it computed of the characters before.</summary>
public interface IDecoder : IDisposable
{
    /// <summary>How many lines go side by side.</summary>
    int Lines { get; }

    /// <summary>How many numbers a step keeps of a line's new character for the steps after it; 0 where the characters say all.</summary>
    int Kept { get; }

    /// <summary>Goes one character further along every line.</summary>
    /// <param name="tokens">[line], the character that each line has got; the marker where it begins.</param>
    /// <param name="positions">[line], where in its line that stands: 0, the marker's, where a line begins; otherwise one further than in the step before or behind what was recalled.</param>
    /// <returns>[line, token]: how likely each token is to come next; overwritten by the next step.</returns>
    ReadOnlySpan<float> Step(ReadOnlySpan<int> tokens, ReadOnlySpan<int> positions);

    /// <summary>Copies what the last step has kept of a line's new character.</summary>
    /// <param name="line">The line's place.</param>
    /// <param name="kept">[<see cref="Kept"/>].</param>
    void Save(int line, Span<float> kept);

    /// <summary>Puts a line behind a beginning that was gone through before, in whatever place: the next step goes on from there.</summary>
    /// <param name="line">The line's place.</param>
    /// <param name="tokens">The beginning, the marker first.</param>
    /// <param name="kept">For each of its tokens what was saved behind it.</param>
    void Recall(int line, ReadOnlySpan<int> tokens, ReadOnlySpan<float[]> kept);
}

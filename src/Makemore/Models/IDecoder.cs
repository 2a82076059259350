namespace Makemore.Models;

/// <summary>A language model that goes along many lines side by side, a character a step; it may keep what it computed of the characters before.</summary>
public interface IDecoder : IDisposable
{
    /// <summary>How many lines go side by side.</summary>
    int Lines { get; }

    /// <summary>Goes one character further along every line.</summary>
    /// <param name="tokens">[line], the character that each line has got; the marker where it begins.</param>
    /// <param name="positions">[line], where in its line that stands: one further than in the step before; or 0, the marker's, where a new line begins; or 1, where one begins in a place that has seen a marker before.</param>
    /// <returns>[line, token]: how likely each token is to come next; overwritten by the next step.</returns>
    ReadOnlySpan<float> Step(ReadOnlySpan<int> tokens, ReadOnlySpan<int> positions);
}

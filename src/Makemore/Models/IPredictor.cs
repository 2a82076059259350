namespace Makemore.Models;

/// <summary>A language model ready for use, however it was learned: how likely each character is to come next, given those before.</summary>
public interface IPredictor : IDisposable
{
    /// <summary>How many probabilities a prediction has: one for each character and, at 0, one for the end.</summary>
    int Tokens { get; }

    /// <summary>Tokens of a context.</summary>
    int Block { get; }

    /// <summary>The distribution of what follows each of some contexts.</summary>
    /// <param name="contexts">[context, <see cref="Block"/>], row-major, the nearest token last; what lies before a line's beginning is the marker, token 0.</param>
    /// <param name="probabilities">[context, <see cref="Tokens"/>]; each row sums to 1.</param>
    void Predict(ReadOnlySpan<int> contexts, Span<double> probabilities);

    /// <summary>The same model going along many lines side by side.</summary>
    /// <param name="lines">How many lines.</param>
    IDecoder Decoder(int lines) => new ContextDecoder(this, lines);
}

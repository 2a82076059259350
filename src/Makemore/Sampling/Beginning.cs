namespace Makemore.Sampling;

/// <summary>A beginning of lines that was gone through, in a tree of such.</summary>
/// <param name="before">The same without its last token; null where that is the marker, with which all lines begin.</param>
/// <param name="token">Its last token.</param>
/// <param name="probabilities">How likely each token is to come next.</param>
/// <param name="kept">What the model kept of the last token.</param>
sealed class Beginning(Beginning? before, int token, float[] probabilities, float[] kept)
{
    readonly Beginning?[] longer = new Beginning?[probabilities.Length];

    /// <summary>The same without its last token; null where that is the marker.</summary>
    public Beginning? Before => before;

    /// <summary>Its last token.</summary>
    public int Token => token;

    /// <summary>Its tokens, the marker among them.</summary>
    public int Length { get; } = (before?.Length ?? 0) + 1;

    /// <summary>How likely each token is to come next.</summary>
    public ReadOnlySpan<float> Probabilities => probabilities;

    /// <summary>What the model kept of the last token.</summary>
    public float[] Kept => kept;

    /// <summary>How many lines came by.</summary>
    public int Met { get; private set; }

    /// <summary>A line comes by.</summary>
    public void Meet() => Met++;

    /// <summary>The beginning with one more token; null where that was not kept.</summary>
    public Beginning? Longer(int next) => longer[next];

    /// <summary>Keeps the beginning with one more token.</summary>
    public Beginning Add(int next, float[] nextProbabilities, float[] nextKept) => longer[next] = new(this, next, nextProbabilities, nextKept);
}

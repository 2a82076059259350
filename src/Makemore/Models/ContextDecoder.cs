namespace Makemore.Models;

/// <summary>Goes along lines with a model that keeps nothing: it is asked for each character's whole context.</summary>
sealed class ContextDecoder : IDecoder
{
    readonly IPredictor predictor;
    readonly LineWindows windows;
    readonly double[] probabilities;
    readonly float[] rounded;

    /// <summary>A decoder.</summary>
    /// <param name="predictor">The model, which must outlive this.</param>
    /// <param name="lines">How many lines go side by side.</param>
    public ContextDecoder(IPredictor predictor, int lines)
    {
        (this.predictor, Lines) = (predictor, lines);
        windows = new(lines, predictor.Block);
        probabilities = new double[lines * predictor.Tokens];
        rounded = new float[probabilities.Length];
    }

    /// <inheritdoc/>
    public int Lines { get; }

    /// <inheritdoc/>
    public int Kept => 0;

    /// <inheritdoc/>
    public ReadOnlySpan<float> Step(ReadOnlySpan<int> tokens, ReadOnlySpan<int> positions)
    {
        windows.Add(tokens, positions);
        predictor.Predict(windows.Tokens, probabilities);
        for (var i = 0; i < rounded.Length; i++)
            rounded[i] = (float)probabilities[i];
        return rounded;
    }

    /// <summary>Nothing is kept.</summary>
    public void Save(int line, Span<float> kept)
    {
    }

    /// <inheritdoc/>
    public void Recall(int line, ReadOnlySpan<int> tokens, ReadOnlySpan<float[]> kept) => windows.Set(line, tokens);

    /// <summary>Nothing is held that would have to be given back.</summary>
    public void Dispose()
    {
    }
}

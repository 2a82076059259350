namespace Makemore.Tensors.Axes;

/// <summary>A mistake in einsum notation, or tensors that do not fit it. The message names the position and the caller's line.</summary>
public sealed class EinsumException : ShapeException
{
    internal EinsumException(string notation, int position, string mistake)
        : base($"einsum '{notation}', position {position}: {mistake} ({CallersLine.Find()})") => Position = position;

    /// <summary>Which character of the notation is meant, counted from 1.</summary>
    public int Position { get; }
}

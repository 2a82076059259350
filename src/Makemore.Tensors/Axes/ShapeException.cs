namespace Makemore.Tensors.Axes;

/// <summary>Axes that do not fit, found while an expression is built. The message names axis, lengths, tensors and the caller's line.</summary>
public class ShapeException(string message) : Exception(message);

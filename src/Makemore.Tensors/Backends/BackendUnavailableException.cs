namespace Makemore.Tensors.Backends;

/// <summary>This machine lacks what a backend needs. The message says what it is, and how to get it.</summary>
/// <param name="message">One line.</param>
/// <param name="inner">What was tried and failed, for those who debug.</param>
public sealed class BackendUnavailableException(string message, Exception? inner = null) : Exception(message.ReplaceLineEndings(" "), inner);

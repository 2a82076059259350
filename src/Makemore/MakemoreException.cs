namespace Makemore;

/// <summary>
/// An error that the user can mend. The message is one line that says what was wrong, where, and what to do; it is meant to be
/// shown as it stands, without a stack trace.
/// </summary>
/// <param name="message">The line; line breaks in it, such as those of a quoted name, become spaces.</param>
/// <param name="inner">What caused it, for those who debug.</param>
public sealed class MakemoreException(string message, Exception? inner = null) : Exception(message.ReplaceLineEndings(" "), inner);

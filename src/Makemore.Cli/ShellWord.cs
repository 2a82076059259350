namespace Makemore.Cli;

/// <summary>Words of a command line that a user may copy.</summary>
static class ShellWord
{
    const string Plain = "/._-+=:,@%";

    /// <summary>The word as it is, or in quotes where a shell would take it apart.</summary>
    public static string Quote(string word) =>
        word.All(character => char.IsLetterOrDigit(character) || Plain.Contains(character))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

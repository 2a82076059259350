namespace Makemore.Cli;

/// <summary>Words of a command line that a user may copy.</summary>
static class ShellWord
{
    const string Plain = "/._-+=:,@%";

    /// <summary>The path as it is, in quotes where a shell would take it apart, and behind <c>./</c> where a command would take it for an option.</summary>
    public static string Quote(string path)
    {
        if (path.StartsWith('-'))
            path = $"./{path}";
        return path.All(character => char.IsLetterOrDigit(character) || Plain.Contains(character))
            ? path
            : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}

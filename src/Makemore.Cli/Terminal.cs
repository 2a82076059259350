using System.Globalization;

namespace Makemore.Cli;

/// <summary>Where a command writes, and what it may assume of who reads.</summary>
/// <param name="Output">Results and progress.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="Interactive">Whether a person watches: the output is a terminal that can move its cursor.</param>
/// <param name="IsWatched">Whether a person watches the error output too.</param>
/// <param name="Debug">How much to tell of what goes on inside: a level of the <see cref="DebugLadder"/>.</param>
sealed record Terminal(TextWriter Output, TextWriter Error, bool Interactive, bool IsWatched = false, int Debug = 0)
{
    /// <summary>The terminal of this process.</summary>
    public static Terminal OfProcess()
    {
        var moves = Environment.GetEnvironmentVariable("TERM") is not ("dumb" or "" or null);
        return new(Console.Out, Console.Error, Interactive: moves && !Console.IsOutputRedirected, IsWatched: moves && !Console.IsErrorRedirected);
    }

    /// <summary>Tells in one line what went wrong; what would move the cursor or turn the text around is shown by its number.</summary>
    public void Complain(string message) => Error.WriteLine($"makemore: {string.Concat(message.ReplaceLineEndings(" ").Select(Visible))}");

    /// <summary>Tells, where it was asked for, how long after its start the process came to a point.</summary>
    public void Mark(string point)
    {
        if (Debug < 1)
            return;
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        var milliseconds = (DateTime.Now - process.StartTime).TotalMilliseconds;
        Error.WriteLine($"{point} after {milliseconds.ToString("F0", CultureInfo.InvariantCulture)} ms");
    }

    static string Visible(char character) =>
        char.IsControl(character) || character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') ? $"U+{(int)character:X4}" : $"{character}";
}

using System.CommandLine;

namespace Makemore.Cli.Commands;

/// <summary>Options whose default is not always the same: what was given, or what it is this time.</summary>
static class Given
{
    /// <summary>Whether an option stands on the command line.</summary>
    public static bool Is(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>An option's value, or another where it was not given.</summary>
    public static T Or<T>(ParseResult parsed, Option<T> option, T otherwise) => Is(parsed, option) ? parsed.GetValue(option)! : otherwise;
}

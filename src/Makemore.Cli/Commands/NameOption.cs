using System.CommandLine;

namespace Makemore.Cli.Commands;

/// <summary>Options that take one of a few names, those of an enumeration in lower case.</summary>
static class NameOption
{
    /// <summary>An option for a name.</summary>
    public static Option<string> Of<T>(string option, string description, T initial)
        where T : struct, Enum => new(option)
        {
            Description = description,
            HelpName = string.Join('|', Names<T>()),
            DefaultValueFactory = _ => Name(initial),
        };

    /// <summary>What was asked for.</summary>
    /// <exception cref="MakemoreException">There is nothing of that name.</exception>
    public static T Read<T>(ParseResult parsed, Option<string> option)
        where T : struct, Enum
    {
        var text = parsed.GetValue(option)!;
        return Names<T>().Contains(text, StringComparer.Ordinal)
            ? Enum.Parse<T>(text, ignoreCase: true)
            : throw new MakemoreException($"{option.Name} is '{text}'; known are: {string.Join(", ", Names<T>())}");
    }

    /// <summary>A value's name.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    static IEnumerable<string> Names<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(Name);
}

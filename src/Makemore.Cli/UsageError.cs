using System.CommandLine;
using System.CommandLine.Parsing;
using Makemore.Cli.Commands;

namespace Makemore.Cli;

/// <summary>Says in one line what is wrong with a command line, and where to read what is right.</summary>
static class UsageError
{
    /// <summary>The first error of a command line.</summary>
    public static string Describe(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var isRoot = parsed.CommandResult == parsed.RootCommandResult;
        var help = isRoot ? "makemore --help" : $"makemore {command.Name} --help";
        return $"{Problem(parsed, command, isRoot).TrimEnd('.')}; see '{help}'";
    }

    /// <summary>Takes a word that looks like an option for the mistake that it probably is, not for a file of that name.</summary>
    public static void RefuseOption(ArgumentResult argument)
    {
        if (argument.Tokens is [var token] && token.Value.StartsWith('-'))
            argument.AddError($"unknown option '{token.Value}'");
    }

    /// <summary>Takes the name of an option where the text of another should stand for a value that was forgotten, except where any text will do.</summary>
    public static void RefuseOptionsAsText(Command command)
    {
        HashSet<string> names = [.. command.Options.SelectMany(option => option.Aliases.Append(option.Name))];
        foreach (var option in command.Options.Where(option => option.ValueType == typeof(string) && option.HelpName != SamplingSwitches.AnyText))
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens is [{ Value: var text }, ..] && names.Contains(text))
                    result.AddError($"{option.Name} is missing its {Value(option)}; '{text}' is an option{Advice(option, text)}");
            });
        }

        static string Value(Option option) => option.HelpName is { } name && !name.Contains('|', StringComparison.Ordinal) ? name : "value";

        static string Advice(Option option, string text) => option.HelpName is "folder" or "file" ? $"; for a {option.HelpName} of that name write ./{text}" : "";
    }

    /// <summary>Refuses an option that was given where it cannot mean anything.</summary>
    /// <exception cref="MakemoreException">It was given.</exception>
    public static void RefuseGiven(ParseResult parsed, Option option, string why)
    {
        if (Given.Is(parsed, option))
            throw new MakemoreException($"{option.Name} {why}; leave it out");
    }

    static string Problem(ParseResult parsed, Command command, bool isRoot)
    {
        // What is wrong with an argument or an option comes first: an unknown option that was taken for an argument leaves its value over.
        if (parsed.Errors.FirstOrDefault(error => error.SymbolResult is ArgumentResult or OptionResult) is { } error)
            return OptionOf(error) is { IdentifierTokenCount: > 1, Tokens.Count: > 1 } repeated ? Repeated(repeated) : error.Message;
        if (parsed.UnmatchedTokens.Count == 0)
            return parsed.Errors[0].Message;
        var word = parsed.UnmatchedTokens[0];
        if (word.StartsWith('-'))
            return $"unknown option '{word}'";
        return isRoot
            ? $"unknown command '{word}'; known are: {string.Join(", ", command.Subcommands.Select(known => known.Name))}"
            : $"'{word}' is one argument too many";
    }

    static OptionResult? OptionOf(ParseError error) => error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult;

    static string Repeated(OptionResult option) =>
        $"{option.Option.Name} is given {(option.IdentifierTokenCount == 2 ? "twice" : $"{option.IdentifierTokenCount} times")}; give it once";
}

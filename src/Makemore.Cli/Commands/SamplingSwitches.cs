using System.CommandLine;
using Makemore.Sampling;
using Makemore.Text;

namespace Makemore.Cli.Commands;

/// <summary>How lines are drawn and what they must be, as options of a command.</summary>
sealed class SamplingSwitches
{
    /// <summary>What the help calls the value of an option that takes any text, one that looks like an option too.</summary>
    public const string AnyText = "text";

    static readonly SamplingOptions Initial = new();

    readonly Option<double> temperature = NumberOption.Real("--temperature", "Below 1 safer, above 1 bolder; between 0.01 and 100.", Initial.Temperature);
    readonly Option<int> topK = NumberOption.Whole("--top-k", "Draw each character from so many of the likeliest; 0 for all.", Initial.TopK);
    readonly Option<double> topP = NumberOption.Real("--top-p", "Draw each character from the likeliest that together have this probability.", Initial.TopP);
    readonly Option<bool> greedy = new("--greedy") { Description = "Always take the likeliest character." };
    readonly Option<string> prefix = Text("--prefix", "How every line begins.");
    readonly Option<string> contains = Text("--contains", "What stands somewhere in every line.");
    readonly Option<int> minLength = NumberOption.Whole("--min-length", "The fewest characters of a line.", Initial.MinLength);
    readonly Option<int> maxLength = NumberOption.Whole("--max-length", $"The most characters of a line, up to {Corpus.LongestAllowed:N0}.", Initial.MaxLength);
    readonly Option<bool> isNew = new("--new") { Description = "Only lines that do not stand in the data learned from." };
    readonly Option<bool> unique = new("--unique") { Description = "No line twice." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[temperature, topK, topP, greedy, prefix, contains, minLength, maxLength, isNew, unique])
            command.Options.Add(option);
    }

    /// <summary>Whether lines of the data are not to be made.</summary>
    public bool IsNew(ParseResult parsed) => parsed.GetValue(isNew);

    /// <summary>Everything else that was asked for, not yet checked.</summary>
    /// <exception cref="MakemoreException">An option means nothing beside another.</exception>
    public SamplingOptions Read(ParseResult parsed)
    {
        foreach (var option in parsed.GetValue(greedy) ? (Option[])[temperature, topK, topP] : [])
            UsageError.RefuseGiven(parsed, option, $"means nothing with {greedy.Name}");
        return Asked(parsed);
    }

    SamplingOptions Asked(ParseResult parsed) => new()
    {
        Temperature = parsed.GetValue(temperature),
        TopK = parsed.GetValue(topK),
        TopP = parsed.GetValue(topP),
        Greedy = parsed.GetValue(greedy),
        Prefix = parsed.GetValue(prefix)!,
        Contains = parsed.GetValue(contains)!,
        MinLength = parsed.GetValue(minLength),
        MaxLength = parsed.GetValue(maxLength),
        Unique = parsed.GetValue(unique),
    };

    static Option<string> Text(string name, string description) => new(name) { Description = description, HelpName = AnyText, DefaultValueFactory = _ => "" };
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Makemore.Cli.Commands;

/// <summary>Options that take numbers, and say so when they are given something else.</summary>
static class NumberOption
{
    static readonly NumberFormatInfo ShortInfinity = new() { PositiveInfinitySymbol = "inf", NegativeInfinitySymbol = "-inf" };

    /// <summary>An option for a whole number.</summary>
    public static Option<int> Whole(string name, string description, int initial, params string[] aliases) =>
        Of<int>(name, aliases, description, initial, NumberStyles.AllowLeadingSign, "a whole number");

    /// <summary>An option for a whole number of any size that a seed has.</summary>
    public static Option<long> Seed(string description, long initial) =>
        Of("--seed", [], description, initial, NumberStyles.AllowLeadingSign, "a whole number");

    /// <summary>An option for any number.</summary>
    public static Option<double> Real(string name, string description, double initial) =>
        Of(name, [], description, initial, NumberStyles.Float, "a number");

    /// <summary>An option for any number, which may be left out.</summary>
    public static Option<double?> Perhaps(string name, string description, double example) =>
        Perhaps<double>(name, description, NumberStyles.Float, string.Create(CultureInfo.InvariantCulture, $"give a number, such as {example}"));

    /// <summary>An option for a whole number, which may be left out.</summary>
    public static Option<int?> PerhapsWhole(string name, string description, int example) =>
        Perhaps<int>(name, description, NumberStyles.AllowLeadingSign, $"give a whole number, such as {example}");

    /// <summary>Numbers with commas between.</summary>
    /// <exception cref="MakemoreException">The text is something else.</exception>
    public static double[] List(string option, string text) =>
        [.. text.Split(',').Select(number => TryParse<double>(number, NumberStyles.Float, out var value)
            ? value
            : throw new MakemoreException($"{option} is '{text}'; give numbers with commas between, such as 0.1,0.01"))];

    /// <summary>A number as it would be given.</summary>
    public static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    static Option<T?> Perhaps<T>(string name, string description, NumberStyles style, string advice)
        where T : struct, System.Numerics.INumber<T> => new(name)
        {
            Description = description,
            HelpName = "number",
            CustomParser = argument => Parse<T>(argument, name, style, advice),
        };

    static Option<T> Of<T>(string name, string[] aliases, string description, T initial, NumberStyles style, string kind)
        where T : struct, System.Numerics.INumber<T> => new(name, aliases)
        {
            Description = description,
            HelpName = "number",
            DefaultValueFactory = _ => initial,
            CustomParser = argument => Parse<T>(argument, name, style, $"give {kind}, such as {initial}"),
        };

    static T Parse<T>(ArgumentResult argument, string name, NumberStyles style, string advice)
        where T : struct, System.Numerics.INumber<T>
    {
        var text = argument.Tokens[0].Value;
        if (!TryParse<T>(text, style, out var value))
            argument.AddError($"{name} is '{text}'; {advice}");
        return value;
    }

    // Infinity is a number that no option takes: its range refuses it, however it is spelled.
    static bool TryParse<T>(string text, NumberStyles style, out T value)
        where T : struct, System.Numerics.INumber<T> =>
        T.TryParse(text, style, CultureInfo.InvariantCulture, out value) || T.TryParse(text, style, ShortInfinity, out value);
}

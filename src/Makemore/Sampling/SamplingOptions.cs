using Makemore.Text;

namespace Makemore.Sampling;

/// <summary>How lines are drawn, and what each of them must be. By default anything goes.</summary>
public sealed record SamplingOptions
{
    /// <summary>The logits are divided by it: below 1 safer, above 1 bolder.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Of the characters that may follow, only so many of the likeliest are drawn from; 0 for all.</summary>
    public int TopK { get; init; }

    /// <summary>Of the characters that may follow, only the likeliest that together have this probability are drawn from (Holtzman et al. 2020); 1 for all.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Whether the likeliest character is always taken.</summary>
    public bool Greedy { get; init; }

    /// <summary>How every line begins.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>What stands somewhere in every line.</summary>
    public string Contains { get; init; } = "";

    /// <summary>The fewest characters of a line.</summary>
    public int MinLength { get; init; }

    /// <summary>The most characters of a line.</summary>
    public int MaxLength { get; init; } = Sampler.LongestLine;

    /// <summary>Whether no line is made twice.</summary>
    public bool Unique { get; init; }

    /// <summary>Lines that are not made, such as those learned from.</summary>
    public IReadOnlyCollection<string> Except { get; init; } = [];

    /// <summary>Checks that every option makes sense.</summary>
    /// <exception cref="MakemoreException">One does not; the message names it and its bounds.</exception>
    public void Validate()
    {
        if (!(Temperature >= 0.01 && Temperature <= 100))
            throw new MakemoreException($"the temperature is {Temperature}; it must be a number between 0.01 and 100");
        if (TopK < 0)
            throw new MakemoreException($"top-k is {TopK}; it must be at least 1, or 0 for all");
        if (!(TopP > 0 && TopP <= 1))
            throw new MakemoreException($"top-p is {TopP}; it must be above 0 and at most 1");
        if (MinLength < 0 || MinLength > Corpus.LongestAllowed)
            throw new MakemoreException($"the least length is {MinLength}; it must lie between 0 and {Corpus.LongestAllowed:N0}");
        if (MaxLength < MinLength || MaxLength > Corpus.LongestAllowed)
            throw new MakemoreException($"the greatest length is {MaxLength}; it must lie between {MinLength:N0}, the least, and {Corpus.LongestAllowed:N0}");
    }
}

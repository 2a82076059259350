using Makemore.Models;
using Makemore.Text;
using Xunit;

namespace Makemore.Sampling;

/// <summary>Lines with random numbers of their own.</summary>
public class LineStreamTests
{
    static readonly Vocabulary Letters = new("abc");

    static readonly BigramCounts Model = new(GramCounts.Of(Examples.Of(["a", "ab", "bb", "ba", "cab", "c", "abc"], Letters, 1), .., 4, 2), 0.5);

    static readonly Sampler Sampler = new(Model, Letters);

    [Fact]
    public void Sampled_distribution_is_the_models()
    {
        // χ² over the lines of up to two characters and all others together: 13 − 1 degrees of freedom.
        const int draws = 100_000;
        var made = Sampler.Sample(2024).Take(draws).CountBy(line => line.Length <= 2 ? line : "longer").ToDictionary();
        var expected = Lines().ToDictionary(line => line, Probability);
        expected["longer"] = 1 - expected.Values.Sum();
        var statistic = expected.Sum(pair => Math.Pow(made.GetValueOrDefault(pair.Key) - (draws * pair.Value), 2) / (draws * pair.Value));
        Assert.Equal(14, expected.Count);
        Assert.InRange(UpperTail(statistic, expected.Count - 1), 0.01, 1);
    }

    [Fact]
    public void Chance_of_a_chi_square_is_what_tables_say()
    {
        Assert.Equal(0.05, UpperTail(22.362, 13), 1e-4);
        Assert.Equal(0.01, UpperTail(27.688, 13), 1e-4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(500)]
    public void Lines_depend_on_seed_and_number_only(int atOnce)
    {
        Assert.Equal(Sampler.Sample(5).Take(1000), Sampler.Sample(5, null, atOnce).Take(1000));
        Assert.NotEqual(Sampler.Sample(5).Take(1000), Sampler.Sample(6, null, atOnce).Take(1000));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void Constraints_are_met_however_many_are_made_at_once(int atOnce)
    {
        var options = new SamplingOptions { Prefix = "a", Contains = "bc", MinLength = 4, MaxLength = 6, Except = ["abcc", "abca"], Temperature = 2, TopK = 3, TopP = 0.98 };
        var lines = Sampler.Sample(1, options, atOnce).Take(500).ToList();
        Assert.All(lines, line => Assert.True(line[0] == 'a' && line.Contains("bc") && line.Length is >= 4 and <= 6 && !options.Except.Contains(line), line));
        Assert.Equal(Sampler.Sample(1, options).Take(500), lines);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    public void Unique_lines_are_all_there_are_and_the_same_however_many_are_made_at_once(int atOnce)
    {
        var options = new SamplingOptions { MaxLength = 3, MinLength = 1, Unique = true, Except = ["abc"] };
        var made = new List<string>();
        var error = Assert.Throws<MakemoreException>(() => made.AddRange(Take()));
        Assert.Equal("there are only 38 different lines that the constraints allow", error.Message);
        Assert.Equal(38, made.Distinct().Count());
        Assert.Equal(Sampler.Sample(9, options).Take(38), made);

        IEnumerable<string> Take()
        {
            foreach (var line in Sampler.Sample(9, options, atOnce))
                made.Add(line);
            return [];
        }
    }

    [Fact]
    public void Lines_without_a_character_come_in_their_turn() =>
        Assert.Equal(Enumerable.Repeat("", 200), Sampler.Sample(3, new() { MaxLength = 0 }).Take(200));

    [Fact]
    public void Greedy_lines_are_those_made_one_after_the_other()
    {
        var options = new SamplingOptions { Greedy = true, MaxLength = 9, MinLength = 5 };
        Assert.Equal(Sampler.Sample(new Tensors.Running.TorchRandom(1), options).First(), Sampler.Sample(1, options).First());
    }

    [Theory]
    [InlineData(0f, 1)]
    [InlineData(0.2f, 1)]
    [InlineData(0.25f, 3)]
    [InlineData(0.99999994f, 3)]
    public void Draw_inverts_the_cumulated_weights_and_never_finds_what_has_none(float share, int token) =>
        Assert.Equal(token, Distribution.Draw([0, 0.5f, 0, 1.5f, 0], share));

    [Fact]
    public void Draw_finds_one_that_has_weight_however_little_all_have() => Assert.Equal(1, Distribution.Draw([0, float.Epsilon, 0], 0.9f));

    static IEnumerable<string> Lines() => ((string[])["", "a", "b", "c"]).SelectMany(first => first.Length == 0 ? [""] : ((string[])["", "a", "b", "c"]).Select(second => first + second));

    static double Probability(string line)
    {
        int[] tokens = [0, .. Letters.Encode(line), 0];
        return tokens.Zip(tokens[1..]).Aggregate(1.0, (product, pair) => product * Model.Probability([pair.First], pair.Second));
    }

    // The regularised incomplete gamma function Q(k/2, x/2), by its series (Abramowitz and Stegun 6.5.29); fine for an x that is not far out.
    static double UpperTail(double statistic, int degrees)
    {
        var (a, x) = (degrees / 2.0, statistic / 2);
        var (term, sum) = (1 / a, 1 / a);
        for (var n = 1; n < 500; n++)
            sum += term *= x / (a + n);

        // Γ(a) of a half-integer, from Γ(½) = √π or Γ(1) = 1.
        var gamma = degrees % 2 == 1 ? Math.Sqrt(Math.PI) : 1;
        for (var i = degrees % 2 == 1 ? 0.5 : 1; i < a; i++)
            gamma *= i;
        return 1 - (Math.Exp(-x) * Math.Pow(x, a) * sum / gamma);
    }
}

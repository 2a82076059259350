using Makemore.Models;
using Makemore.Tensors.Running;
using Makemore.Text;
using Xunit;

namespace Makemore.Sampling;

public class ConstraintTests
{
    static readonly Vocabulary Letters = new("ab");

    static readonly BigramCounts Model = new(GramCounts.Of(Examples.Of(["a", "ab", "bb", "ba"], Letters, 1), .., 3, 2), 1);

    [Theory]
    [InlineData("", "", 0, 3)]
    [InlineData("a", "", 2, 4)]
    [InlineData("", "aba", 0, 5)]
    [InlineData("ab", "ba", 3, 5)]
    [InlineData("", "aabaa", 0, 6)]
    [InlineData("aab", "aabaab", 7, 8)]
    public void Unique_lines_are_all_lines_that_meet_the_constraints_and_no_others(string prefix, string contains, int least, int most)
    {
        string[] known = ["ab", "abab", "aba", "aabaa", "bb"];
        var options = new SamplingOptions { Prefix = prefix, Contains = contains, MinLength = least, MaxLength = most, Unique = true, Except = [.. known, "xyz"] };
        var made = new List<string>();
        var error = Assert.Throws<MakemoreException>(() => made.AddRange(Take(options, made)));
        var expected = All(most).Where(line => line.StartsWith(prefix, StringComparison.Ordinal) && line.Contains(contains) && line.Length >= least && !known.Contains(line)).Order().ToList();
        Assert.Equal(expected, made.Order());
        Assert.Equal($"there are only {expected.Count} different lines that the constraints allow", error.Message);
    }

    [Fact]
    public void Constraints_draw_from_the_models_distribution_given_the_next_character_is_allowed()
    {
        // After "a" at most one more: "a", "aa" or "ab".
        var options = new SamplingOptions { Prefix = "a", MaxLength = 2 };
        var lines = new Sampler(Model, Letters).Sample(new TorchRandom(3), options).Take(20_000).CountBy(line => line).ToDictionary();
        double[] expected = [Model.Probability([1], 0), Model.Probability([1], 1), Model.Probability([1], 2)];
        Assert.Equal(expected[0], lines["a"] / 20_000.0, 0.015);
        Assert.Equal(expected[1], lines["aa"] / 20_000.0, 0.015);
        Assert.Equal(expected[2], lines["ab"] / 20_000.0, 0.015);
    }

    [Fact]
    public void Truncation_keeps_the_likeliest()
    {
        Assert.Equal([0.5f, 0.25f, 0, 0], Truncated(2, 1));
        Assert.Equal([0.5f, 0.25f, 0, 0], Truncated(0, 0.6));
        Assert.Equal([0.5f, 0, 0, 0], Truncated(0, 0.5));
        Assert.Equal([0.5f, 0.25f, 0.125f, 0.125f], Truncated(0, 1));
        Assert.Equal([0.5f, 0.25f, 0.125f, 0], Truncated(3, 0.95));

        static float[] Truncated(int topK, double topP)
        {
            float[] probabilities = [0.5f, 0.25f, 0.125f, 0.125f];
            Distribution.Truncate(probabilities, topK, topP, new int[4]);
            return probabilities;
        }
    }

    [Fact]
    public void Greedy_takes_the_likeliest_and_top_1_does_too()
    {
        var sampler = new Sampler(Model, Letters);
        var greedy = sampler.Sample(new TorchRandom(1), new() { Greedy = true, MaxLength = 9 }).First();
        Assert.All(sampler.Sample(new TorchRandom(2), new() { TopK = 1, MaxLength = 9 }).Take(5), line => Assert.Equal(greedy, line));
    }

    [Fact]
    public void What_the_model_holds_for_impossible_is_made_if_nothing_else_is_allowed()
    {
        float[] probabilities = [1, 0, 0];
        Distribution.Mask(probabilities, [false, true, true]);
        Assert.Equal([0, 1, 1], probabilities);
    }

    static IEnumerable<string> Take(SamplingOptions options, List<string> made)
    {
        foreach (var line in new Sampler(Model, Letters).Sample(new TorchRandom(1), options))
            made.Add(line);
        return [];
    }

    static IEnumerable<string> All(int most) =>
        Enumerable.Range(0, most + 1).SelectMany(length => Enumerable.Range(0, 1 << length).Select(bits => string.Concat(Enumerable.Range(0, length).Select(place => "ab"[(bits >> place) & 1]))));
}

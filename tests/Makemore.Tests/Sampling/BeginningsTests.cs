using Makemore.Models;
using Makemore.Text;
using Xunit;

namespace Makemore.Sampling;

/// <summary>What many lines begin with is gone through once, and the lines are those that would have been made without.</summary>
public class BeginningsTests
{
    const long Seed = 7;

    static readonly Vocabulary Letters = new("abc");

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(64)]
    public void Lines_are_those_made_a_character_at_a_time(int atOnce)
    {
        var decoder = new HashDecoder(atOnce);
        var lines = new LinesSideBySide(Seed, () => decoder, Letters, new()).All().Take(2000).ToArray();
        Assert.Equal(Enumerable.Range(0, lines.Length).Select(number => Line(number)), lines);
        Assert.True(decoder.Recalls > 300);
    }

    [Fact]
    public void Shared_beginnings_are_gone_through_once()
    {
        var decoder = new HashDecoder(1);
        var characters = new LinesSideBySide(Seed, () => decoder, Letters, new()).All().Take(2000).Sum(line => line.Length + 1);
        Assert.True(decoder.Steps < characters / 2, $"{decoder.Steps} steps for {characters} characters");
    }

    [Fact]
    public void Lines_that_are_all_the_same_come_without_end()
    {
        var greedy = new SamplingOptions { Greedy = true, MaxLength = 6 };
        Assert.Single(new LinesSideBySide(Seed, () => new HashDecoder(3), Letters, greedy).All().Take(200).Distinct());
    }

    [Fact]
    public void A_prefix_is_a_beginning_like_any_other()
    {
        var decoder = new HashDecoder(1);
        var lines = new LinesSideBySide(Seed, () => decoder, Letters, new() { Prefix = "abcabc", MaxLength = 8 }).All().Take(500).ToArray();
        Assert.All(lines, line => Assert.StartsWith("abcabc", line, StringComparison.Ordinal));
        Assert.True(decoder.Steps < 500 * 3);
    }

    static string Line(long number)
    {
        var (line, kept, token) = ("", 0u, Vocabulary.EndMarker);
        while (true)
        {
            kept = HashDecoder.Next(kept, token);
            var probabilities = new float[Letters.Count];
            HashDecoder.Probabilities(kept, probabilities);
            token = Distribution.Draw(probabilities, LinesSideBySide.Share(Seed, number, line.Length, attempt: 0));
            if (token == Vocabulary.EndMarker)
                return line;
            line += Letters.Decode([token]);
        }
    }

    // Keeps a hash of the line, and makes the distribution of it.
    sealed class HashDecoder(int lines) : IDecoder
    {
        readonly uint[] state = new uint[lines];
        readonly float[] probabilities = new float[lines * Letters.Count];

        public int Lines => lines;

        public int Kept => 1;

        public int Steps { get; private set; }

        public int Recalls { get; private set; }

        public static uint Next(uint kept, int token) => (((kept * 31) + (uint)token) * 2654435761u) >> 9;

        public static void Probabilities(uint kept, Span<float> probabilities)
        {
            for (var token = 0; token < probabilities.Length; token++)
                probabilities[token] = 1 + ((kept >> (4 * token)) % 16);
        }

        public ReadOnlySpan<float> Step(ReadOnlySpan<int> tokens, ReadOnlySpan<int> positions)
        {
            Steps += lines;
            for (var line = 0; line < lines; line++)
            {
                state[line] = Next(positions[line] == 0 ? 0 : state[line], tokens[line]);
                Probabilities(state[line], probabilities.AsSpan(line * Letters.Count, Letters.Count));
            }

            return probabilities;
        }

        public void Save(int line, Span<float> kept) => kept[0] = state[line];

        public void Recall(int line, ReadOnlySpan<int> tokens, ReadOnlySpan<float[]> kept)
        {
            Recalls++;
            state[line] = (uint)kept[^1][0];
        }

        public void Dispose()
        {
        }
    }
}

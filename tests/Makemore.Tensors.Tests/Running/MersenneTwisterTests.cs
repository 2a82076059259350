using Xunit;

namespace Makemore.Tensors.Running;

public class MersenneTwisterTests
{
    // Values that the authors publish beside their program (mt19937ar.out), and the 10,000th word that the C++ standard demands.
    [Fact]
    public void Words_after_the_authors_key_equal_the_published_ones()
    {
        var twister = new MersenneTwister([0x123u, 0x234u, 0x345u, 0x456u]);
        uint[] first = [twister.Next(), twister.Next(), twister.Next(), twister.Next(), twister.Next()];
        Assert.Equal([1067595299u, 955945823u, 477289528u, 4107218783u, 4228976476u], first);
    }

    [Fact]
    public void Ten_thousandth_word_of_the_default_seed_equals_the_one_in_the_standard()
    {
        var twister = new MersenneTwister(5489u);
        for (var i = 1; i < 10_000; i++)
            twister.Next();
        Assert.Equal(4123659995u, twister.Next());
    }

    [Theory]
    [MemberData(nameof(RandomVectors.Seeds), MemberType = typeof(RandomVectors))]
    public void Words_equal_those_of_PyTorch_across_the_first_block(long seed)
    {
        var twister = new MersenneTwister((uint)seed);
        var words = Enumerable.Range(0, 630).Select(_ => (long)twister.Next()).ToArray();
        Assert.Equal(RandomVectors.Common(seed, "words_first20").Longs(), words[..20]);
        Assert.Equal(RandomVectors.Common(seed, "words_625th_to_630th").Longs(), words[624..]);
    }

    [Fact]
    public void Taking_spans_gives_the_words_of_taking_one_at_a_time()
    {
        var (one, many) = (new MersenneTwister(7u), new MersenneTwister(7u));
        foreach (var count in new[] { 1, 3, 600, 50, 2000, 5 })
        {
            for (var left = count; left > 0;)
            {
                var words = many.Take(left);
                Assert.InRange(words.Length, 1, left);
                left -= words.Length;
                foreach (var word in words)
                    Assert.Equal(one.Next(), word);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(623)]
    [InlineData(624)]
    [InlineData(1000)]
    public void Clone_goes_on_with_the_same_words(int taken)
    {
        var twister = new MersenneTwister(42u);
        for (var i = 0; i < taken; i++)
            twister.Next();
        var copy = twister.Clone();
        for (var i = 0; i < 1500; i++)
            Assert.Equal(twister.Next(), copy.Next());
    }

    [Fact]
    public void Empty_key_and_wrong_states_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new MersenneTwister([]));
        var twister = new MersenneTwister(1u);
        Assert.Throws<ArgumentException>(() => twister.Restore(new uint[623], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => twister.Restore(new uint[624], 625));
        Assert.Throws<ArgumentOutOfRangeException>(() => { twister.Take(0); });
    }
}

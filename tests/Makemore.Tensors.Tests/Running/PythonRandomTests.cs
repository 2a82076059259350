using System.Numerics;
using Xunit;

namespace Makemore.Tensors.Running;

public class PythonRandomTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-42")]
    [InlineData("4294967296")]
    [InlineData("4294967338")]
    [InlineData("18446744073709551619")]
    [InlineData("123456789012345678901234567890")]
    public void Seeds_of_any_size_equal_Python(string seed)
    {
        var random = new PythonRandom(BigInteger.Parse(seed));
        double[] values = [random.Random(), random.Random(), random.Random()];
        Assert.Equal(RandomVectors.Common($"py_seed{seed}/random_3").Doubles(), values);
    }

    [Theory]
    [MemberData(nameof(RandomVectors.Seeds), MemberType = typeof(RandomVectors))]
    public void Draws_in_a_row_equal_Python(long seed)
    {
        var random = new PythonRandom(seed);
        Assert.Equal(RandomVectors.Common(seed, "py_random_5").Doubles(), Five(random.Random));

        var bits = RandomVectors.Common(seed, "py_then_getrandbits_1_5_32_33_64").EnumerateArray().Select(value => value.GetUInt64());
        Assert.Equal(bits, new[] { 1, 5, 32, 33, 64 }.Select(random.GetRandBits));

        Assert.Equal(RandomVectors.Common(seed, "py_then_uniform_-1_1_x5").Doubles(), Five(() => random.Uniform(-1, 1)));
        Assert.Equal(
            RandomVectors.Common(seed, "py_then_randint_3_1000_x10").Longs(),
            Enumerable.Range(0, 10).Select(_ => random.RandInt(3, 1000)));
    }

    [Theory]
    [MemberData(nameof(RandomVectors.Seeds), MemberType = typeof(RandomVectors))]
    public void Shuffle_equals_Python(long seed)
    {
        var items = Enumerable.Range(0, 100).ToArray();
        new PythonRandom(seed).Shuffle<int>(items);
        Assert.Equal(RandomVectors.Common(seed, "py_shuffle_range100").Ints(), items);
    }

    [Fact]
    public void Impossible_bounds_are_refused()
    {
        var random = new PythonRandom(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Below(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.RandInt(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.RandInt(long.MinValue, long.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.GetRandBits(65));
        Assert.Equal(0ul, random.GetRandBits(0));
        Assert.Equal(0, random.Below(1));
    }

    static double[] Five(Func<double> draw) => [draw(), draw(), draw(), draw(), draw()];
}

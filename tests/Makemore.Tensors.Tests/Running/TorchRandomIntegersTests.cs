using Xunit;

namespace Makemore.Tensors.Running;

public class TorchRandomIntegersTests
{
    [Theory]
    [MemberData(nameof(RandomVectors.Seeds), MemberType = typeof(RandomVectors))]
    public void Randint_equals_PyTorch(long seed)
    {
        var values = new int[20];
        new TorchRandom(seed).RandInt(0, 27, values);
        Assert.Equal(RandomVectors.Common(seed, "randint_0_27_n20").Ints(), values);
        new TorchRandom(seed).RandInt(-5, 7, values);
        Assert.Equal(RandomVectors.Common(seed, "randint_-5_7_n20").Ints(), values);

        var random = new TorchRandom(seed);
        var batch = new int[32];
        foreach (var expected in RandomVectors.Common(seed, "randint_0_182625_n32_twice").EnumerateArray())
        {
            random.RandInt(0, 182625, batch);
            Assert.Equal(expected.Ints(), batch);
        }
    }

    [Theory]
    [MemberData(nameof(RandomVectors.Seeds), MemberType = typeof(RandomVectors))]
    public void Wide_randint_equals_PyTorch(long seed)
    {
        var values = new long[5];
        new TorchRandom(seed).RandInt(0, 1L << 33, values);
        Assert.Equal(RandomVectors.Common(seed, "randint_0_2^33_n5").Longs(), values);

        var random = new TorchRandom(seed);
        var words = Enumerable.Range(0, 5).Select(_ => (long)(random.Random64() & long.MaxValue)).ToArray();
        Assert.Equal(RandomVectors.Common(seed, "random__int64_n5").Longs(), words);
    }

    [Fact]
    public void Single_integers_are_those_of_a_span()
    {
        var values = new long[10];
        new TorchRandom(5).RandInt(long.MinValue, long.MaxValue, values);
        var random = new TorchRandom(5);
        Assert.All(values, value => Assert.Equal(value, random.RandInt(long.MinValue, long.MaxValue)));
    }

    [Theory]
    [InlineData(-3, 9)]
    [InlineData(7, 8)]
    [InlineData(0, 182625)]
    [InlineData(0, 65536)]
    [InlineData(-2000000000, 2000000001)]
    [InlineData(int.MinValue, int.MaxValue)]
    public void Narrow_integers_of_a_span_are_remainders_of_words(int low, int high)
    {
        var values = new int[2000];
        new TorchRandom(5).RandInt(low, high, values);
        var random = new TorchRandom(5);
        Assert.All(values, value => Assert.Equal(value, random.RandInt(low, high)));
    }

    [Theory]
    [MemberData(nameof(RandomVectors.Seeds), MemberType = typeof(RandomVectors))]
    public void Randperm_of_the_lecture_seeds_equals_PyTorch(long seed)
    {
        Assert.Equal(RandomVectors.Common(seed, "randperm_10").Ints(), new TorchRandom(seed).RandPerm(10));
        var order = new TorchRandom(seed).RandPerm(32033);
        Assert.Equal(RandomVectors.Common(seed, "randperm_32033_first20").Ints(), order[..20]);
        Assert.Equal(RandomVectors.Common(seed, "randperm_32033_last20").Ints(), order[^20..]);
        Assert.Equal(
            RandomVectors.Common(seed, "randperm_32033_sha256_i64le").GetString(),
            RandomVectors.Sha256<long>([.. order.Select(index => (long)index)]));
    }

    [Theory]
    [MemberData(nameof(RandomVectors.Seeds), MemberType = typeof(RandomVectors))]
    public void Batches_of_a_DataLoader_equal_PyTorch(long seed)
    {
        var loader = RandomVectors.Common(seed, "loader_n31033_bs32");
        var random = new TorchRandom(seed);
        var baseSeed = (long)(random.Random64() & long.MaxValue);
        Assert.Equal(loader.GetProperty("base_seed").GetInt64(), baseSeed);

        var sampler = new TorchRandom((long)(random.Random64() & long.MaxValue));
        var batch = new int[32];
        foreach (var expected in loader.GetProperty("first3batches").EnumerateArray())
        {
            sampler.RandInt(0, 31033, batch);
            Assert.Equal(expected.Ints(), batch);
        }

        var next = new float[2];
        random.Rand(next);
        Assert.Equal(loader.GetProperty("default_generator_then_rand2").Floats(), next);
    }

    [Theory]
    [MemberData(nameof(RandomVectors.Seeds), MemberType = typeof(RandomVectors))]
    public void Shuffled_batches_of_a_DataLoader_equal_PyTorch(long seed)
    {
        var random = new TorchRandom(seed);
        random.Random64();
        var order = new TorchRandom((long)(random.Random64() & long.MaxValue)).RandPerm(1000);
        var batches = RandomVectors.Common(seed, "loader_n1000_shuffle_bs20_first2batches");
        Assert.Equal(batches[0].Ints(), order[..20]);
        Assert.Equal(batches[1].Ints(), order[20..40]);

        var next = new float[2];
        random.Rand(next);
        Assert.Equal(RandomVectors.Common(seed, "loader_shuffle_then_rand2").Floats(), next);
    }

    [Fact]
    public void Empty_ranges_and_negative_counts_are_refused()
    {
        var random = new TorchRandom(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.RandInt(3, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.RandInt(3L, 2L, new long[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.RandPerm(-1));
        Assert.Empty(random.RandPerm(0));
        Assert.Equal([0], random.RandPerm(1));
    }
}

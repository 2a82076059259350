using Xunit;

namespace Makemore.Tensors.Running;

public class TorchRandomUniformTests
{
    [Theory]
    [MemberData(nameof(RandomVectors.Seeds), MemberType = typeof(RandomVectors))]
    public void Rand_equals_PyTorch(long seed)
    {
        var values = new float[40];
        new TorchRandom(seed).Rand(values);
        Assert.Equal(RandomVectors.Common(seed, "rand_40").Floats(), values);
    }

    [Theory]
    [InlineData(-1L, "seed-1/rand_3")]
    [InlineData(-1L, "seed18446744073709551615/rand_3")]
    [InlineData(4294967338L, "seed4294967338/rand_3")]
    public void Only_the_low_32_bits_of_a_seed_count(long seed, string name)
    {
        var values = new float[3];
        new TorchRandom(seed).Rand(values);
        Assert.Equal(RandomVectors.Common(name).Floats(), values);
    }

    [Theory]
    [MemberData(nameof(RandomVectors.Seeds), MemberType = typeof(RandomVectors))]
    public void Rand_in_double_precision_equals_PyTorch(long seed)
    {
        var random = new TorchRandom(seed);
        var values = Enumerable.Range(0, 10).Select(_ => random.RandDouble()).ToArray();
        Assert.Equal(RandomVectors.Common(seed, "rand_float64_10").Doubles(), values);
    }

    [Theory]
    [MemberData(nameof(RandomVectors.SeedsAndVariants), MemberType = typeof(RandomVectors))]
    public void Uniform_equals_PyTorch(long seed, NormalVariant variant)
    {
        var values = new float[20];
        new TorchRandom(seed, variant).Uniform(values, -1, 1);
        Assert.Equal(RandomVectors.Common(seed, "uniform_-1_1_n20").Floats(), values);

        new TorchRandom(seed, variant).Uniform(values, 2, 5.5);
        Assert.Equal(RandomVectors.Of(variant, seed, "uniform_2_5.5_n20").Floats(), values);

        const double bound = 0.18257418583505536;
        new TorchRandom(seed, variant).Uniform(values, -bound, bound);
        Assert.Equal(RandomVectors.Of(variant, seed, $"uniform_-{bound}_{bound}_n20").Floats(), values);
    }

    [Theory]
    [MemberData(nameof(RandomVectors.SeedsAndVariants), MemberType = typeof(RandomVectors))]
    public void Weights_of_a_linear_layer_equal_PyTorch(long seed, NormalVariant variant)
    {
        var random = new TorchRandom(seed, variant);
        var bound = 1 / Math.Sqrt(30);
        var (weight, bias, next) = (new float[200 * 30], new float[200], new float[2]);
        random.Uniform(weight, -bound, bound);
        random.Uniform(bias, -bound, bound);
        random.Rand(next);
        Assert.Equal(RandomVectors.Of(variant, seed, "Linear_30_200_weight_head10_tail5").Floats(), RandomVectors.Ends(weight, 10, 5));
        Assert.Equal(
            RandomVectors.Of(variant, seed, "Linear_30_200_weight_sha256_f32le").GetString(), RandomVectors.Sha256<float>(weight));
        Assert.Equal(RandomVectors.Of(variant, seed, "Linear_30_200_bias_head5_tail5").Floats(), RandomVectors.Ends(bias, 5, 5));
        Assert.Equal(RandomVectors.Common(seed, "Linear_30_200_then_rand2").Floats(), next);
    }

    [Theory]
    [MemberData(nameof(RandomVectors.Seeds), MemberType = typeof(RandomVectors))]
    public void Exponential_equals_PyTorch(long seed)
    {
        var values = new float[27];
        new TorchRandom(seed).Exponential(values);
        Assert.Equal(RandomVectors.Common(seed, "exponential_n27").Floats(), values);
    }

    [Theory]
    [MemberData(nameof(RandomVectors.Seeds), MemberType = typeof(RandomVectors))]
    public void Bernoulli_numbers_are_uniform_ones_below_the_probability(long seed)
    {
        var random = new TorchRandom(seed);
        var values = Enumerable.Range(0, 40).Select(_ => random.RandDouble() < 0.3 ? 1 : 0).ToArray();
        Assert.Equal(RandomVectors.Common(seed, "bernoulli_p0.3_n40").Ints(), values);
    }

    [Fact]
    public void Impossible_ranges_and_rates_are_refused()
    {
        var random = new TorchRandom(1);
        var values = new float[1];
        Assert.Throws<ArgumentException>(() => random.Uniform(values, 1, 0));
        Assert.Throws<ArgumentException>(() => random.Uniform(values, 0, double.NaN));
        Assert.Throws<ArgumentException>(() => random.Uniform(values, 0, double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Exponential(values, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Normal(values, 0, -1));
    }
}

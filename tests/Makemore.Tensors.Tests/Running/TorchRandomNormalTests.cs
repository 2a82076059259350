using Xunit;

namespace Makemore.Tensors.Running;

public class TorchRandomNormalTests
{
    [Theory]
    [MemberData(nameof(RandomVectors.SeedsAndVariants), MemberType = typeof(RandomVectors))]
    public void Fewer_than_16_normals_equal_PyTorch(long seed, NormalVariant variant)
    {
        foreach (var count in new[] { 1, 5, 15 })
            Assert.Equal(RandomVectors.Common(seed, $"randn_{count}").Floats(), Randn(new(seed, variant), count));

        var values = new float[5];
        new TorchRandom(seed, variant).Normal(values, 1.5, 0.3);
        Assert.Equal(RandomVectors.Common(seed, "normal_mean1.5_std0.3_n5").Floats(), values);
    }

    [Theory]
    [MemberData(nameof(RandomVectors.Seeds), MemberType = typeof(RandomVectors))]
    public void Normals_in_double_precision_equal_PyTorch(long seed)
    {
        var random = new TorchRandom(seed);
        var values = Enumerable.Range(0, 5).Select(_ => random.RandnDouble()).ToArray();
        Assert.Equal(RandomVectors.Common(seed, "randn_float64_5").Doubles(), values);
    }

    // PyTorch fills such a view one at a time too, in memory order.
    [Theory]
    [MemberData(nameof(RandomVectors.Seeds), MemberType = typeof(RandomVectors))]
    public void Normals_of_a_transposed_view_equal_single_draws(long seed)
    {
        var random = new TorchRandom(seed);
        var storage = Enumerable.Range(0, 24).Select(_ => (float)random.RandnDouble()).ToArray();
        var view = Enumerable.Range(0, 24).Select(i => storage[(i % 4 * 6) + (i / 4)]).ToArray();
        Assert.Equal(RandomVectors.Common(seed, "normal_noncontiguous_6x4_view_of_4x6_transposed_rowmajor").Floats(), view);
    }

    [Theory]
    [MemberData(nameof(RandomVectors.SeedsAndVariants), MemberType = typeof(RandomVectors))]
    public void Blocks_of_normals_equal_PyTorch(long seed, NormalVariant variant)
    {
        foreach (var count in new[] { 16, 17, 33, 40 })
            Assert.Equal(RandomVectors.Of(variant, seed, $"randn_{count}").Floats(), Randn(new(seed, variant), count));

        Assert.Equal(RandomVectors.Of(variant, seed, "randn_27x10").Floats(), Randn(new(seed, variant), 270));

        var embedding = Randn(new(seed, variant), 270);
        Assert.Equal(RandomVectors.Of(variant, seed, "Embedding_27_10_head10_tail6").Floats(), RandomVectors.Ends(embedding, 10, 6));

        var large = Randn(new(seed, variant), 6000);
        Assert.Equal(RandomVectors.Of(variant, seed, "randn_30x200_head10_tail20").Floats(), RandomVectors.Ends(large, 10, 20));
        Assert.Equal(RandomVectors.Of(variant, seed, "randn_30x200_sha256_f32le").GetString(), RandomVectors.Sha256<float>(large));

        var values = new float[20];
        new TorchRandom(seed, variant).Normal(values, 1.5, 0.3);
        Assert.Equal(RandomVectors.Of(variant, seed, "normal_mean1.5_std0.3_n20").Floats(), values);
    }

    [Theory]
    [MemberData(nameof(RandomVectors.SeedsAndVariants), MemberType = typeof(RandomVectors))]
    public void Second_normal_of_a_pair_waits_through_blocks(long seed, NormalVariant variant)
    {
        var random = new TorchRandom(seed, variant);
        var expected = RandomVectors.Of(variant, seed, "randn_sizes_3_16_2_5_20_1_in_a_row");
        foreach (var (count, index) in new[] { 3, 16, 2, 5, 20, 1 }.Select((count, index) => (count, index)))
            Assert.Equal(expected[index].Floats(), Randn(random, count));
    }

    static float[] Randn(TorchRandom random, int count)
    {
        var values = new float[count];
        random.Randn(values);
        return values;
    }
}

using System.Runtime.Intrinsics;
using Xunit;

namespace Makemore.Tensors.Kernels;

/// <summary>Sums and maxima over lanes have the same bits one by one, two at once and four at once.</summary>
public class HorizontalTests
{
    static readonly Random Random = new(1);

    [Fact]
    public void Sums_of_sixteen_lanes()
    {
        Assert.SkipUnless(Lanes512.IsSupported, "this machine has no vectors of sixteen floats");
        for (var trial = 0; trial < 100; trial++)
        {
            var (a, b, c, d) = (Vector512.Create(Numbers(16)), Vector512.Create(Numbers(16)), Vector512.Create(Numbers(16)), Vector512.Create(Numbers(16)));
            Assert.Equal((Horizontal.Sum(a), Horizontal.Sum(b)), Horizontal.Sum(a, b));
            Assert.Equal((Horizontal.Sum(a), Horizontal.Sum(b), Horizontal.Sum(c), Horizontal.Sum(d)), Horizontal.Sum(a, b, c, d));
        }
    }

    [Fact]
    public void Sums_of_fewer_lanes()
    {
        for (var trial = 0; trial < 100; trial++)
        {
            var (a, b, c, d) = (Vector256.Create(Numbers(8)), Vector256.Create(Numbers(8)), Vector256.Create(Numbers(8)), Vector256.Create(Numbers(8)));
            Assert.Equal((Horizontal.Sum(a), Horizontal.Sum(b)), Horizontal.Sum(a, b));
            Assert.Equal((Horizontal.Sum(a), Horizontal.Sum(b), Horizontal.Sum(c), Horizontal.Sum(d)), Horizontal.Sum(a, b, c, d));
            Assert.Equal((Horizontal.Sum(a.GetLower()), Horizontal.Sum(b.GetLower())), Horizontal.Sum(a.GetLower(), b.GetLower()));
        }
    }

    [Fact]
    public void Maxima_of_sixteen_lanes()
    {
        Assert.SkipUnless(Lanes512.IsSupported, "this machine has no vectors of sixteen floats");
        for (var trial = 0; trial < 1000; trial++)
        {
            var (a, b, c, d) = (Vector512.Create(Special()), Vector512.Create(Special()), Vector512.Create(Special()), Vector512.Create(Special()));
            float[] alone = [Horizontal.Maximum(a), Horizontal.Maximum(b), Horizontal.Maximum(c), Horizontal.Maximum(d)];
            var (first, second, third, fourth) = Horizontal.Maximum(a, b, c, d);
            Assert.Equal(alone.Select(BitConverter.SingleToInt32Bits), new[] { first, second, third, fourth }.Select(BitConverter.SingleToInt32Bits));
        }

        static float[] Special()
        {
            var kind = Random.Next(3);
            return [.. Numbers(16).Select(number => kind switch
            {
                0 => Random.Next(2) == 0 ? 0f : -0f,
                1 => Random.Next(20) == 0 ? float.NaN : number,
                _ => number,
            })];
        }
    }

    static float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (Random.NextSingle() - 0.5f) * MathF.Pow(10, Random.Next(6)))];
}

using System.Runtime.Intrinsics;
using Xunit;

namespace Makemore.Tensors.Kernels;

/// <summary>Sums over lanes have the same bits one by one, two at once and four at once.</summary>
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

    static float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (Random.NextSingle() - 0.5f) * MathF.Pow(10, Random.Next(6)))];
}

using System.Runtime.Intrinsics;
using Xunit;

namespace Makemore.Tensors.Kernels;

public unsafe class ProductTests
{
    static readonly ProductStart[] Starts = Enum.GetValues<ProductStart>();

    [Fact]
    public void Products_of_every_small_shape_are_right() =>
        Check(
            from rows in Enumerable.Range(0, 20)
            from columns in Enumerable.Range(0, 40)
            let depth = (rows + columns) % 6
            select new ProductCase(rows, columns, depth, columns % 2 == 1, Starts[rows % 4], (rows + columns) % 3));

    [Fact]
    public void Products_of_random_shapes_are_right()
    {
        var random = new Random(7);
        Check(
            from _ in Enumerable.Range(0, 300)
            select new ProductCase(
                random.Next(41), random.Next(41), random.Next(41), random.Next(2) == 0, Starts[random.Next(4)], random.Next(5)));
    }

    [Fact]
    public void Products_of_every_tile_are_right() =>
        Check(
            from rows in Enumerable.Range(1, 18)
            from vectors in Enumerable.Range(1, 9)
            from missing in (int[])[0, 1, 15]
            select new ProductCase(rows, (16 * vectors) - missing, 3, false, Starts[(rows + vectors) % 4], 0));

    [Fact]
    public void Products_deeper_than_a_block_are_right() =>
        Check(
            from depth in (int[])[127, 128, 129, 255, 256, 257, 700]
            from start in Starts
            select new ProductCase(9, 50, depth, start == ProductStart.Bias, start, 1));

    [Fact]
    public void Every_width_multiplies_alike()
    {
        ProductCase[] cases =
        [
            .. from rows in Enumerable.Range(1, 14)
               from columns in Enumerable.Range(1, 40)
               select new ProductCase(rows, columns, 5, rows % 2 == 0, Starts[columns % 4], 1),
            new ProductCase(13, 70, 600, true, ProductStart.Accumulate, 0),
        ];
        foreach (var multiply in Widths())
            Check(cases, multiply);
    }

    [Fact]
    public void Bits_of_an_element_do_not_depend_on_the_shape_around_it()
    {
        const int Rows = 31, Columns = 93, Depth = 301;
        var random = new Random(3);
        var a = Enumerable.Range(0, Rows * Depth).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var b = Enumerable.Range(0, (Depth * Columns) + 16).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var c = new float[Rows * Columns];
        fixed (float* pa = a, pb = b, pc = c)
        {
            Product.Multiply(Rows, Columns, Depth, pa, Depth, 1, pb, Columns, pc, Columns, null, 0);
            for (var m = 0; m < Rows; m++)
            {
                for (var n = 0; n < Columns; n++)
                {
                    float alone;
                    Product.Multiply(1, 1, Depth, pa + (m * Depth), Depth, 1, pb + n, Columns, &alone, 1, null, 0);
                    if (alone != c[(m * Columns) + n])
                        Assert.Fail($"Element {m}, {n} is {c[(m * Columns) + n]:R} in the matrix and {alone:R} alone.");
                }
            }
        }
    }

    [Fact]
    public void The_peak_is_a_rate() => Assert.InRange(Peak.Measure(trials: 3), 0.01, 10_000);

    static void Check(IEnumerable<ProductCase> cases) => Check(cases, Product.Multiply);

    static void Check(IEnumerable<ProductCase> cases, ProductMethod multiply)
    {
        foreach (var @case in cases)
        {
            if (@case.Mistake(multiply) is { } mistake)
                Assert.Fail(mistake);
        }
    }

    static IEnumerable<ProductMethod> Widths()
    {
        yield return Of<Lanes128, Vector128<float>>();
        if (Lanes256.IsSupported)
            yield return Of<Lanes256, Vector256<float>>();
        if (Lanes512.IsSupported)
            yield return Of<Lanes512, Vector512<float>>();
    }

    static ProductMethod Of<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector>
        where TVector : struct =>
        (rows, columns, depth, a, aRow, aDepth, b, bDepth, c, cRow, start, startRow) =>
            Product.Blocks<TLanes, TVector, NoEpilogue<TVector>>(
                rows,
                columns,
                depth,
                (byte*)a,
                (byte*)b,
                (byte*)c,
                (byte*)start,
                new Strides(4 * aRow, 4 * aDepth, 4 * bDepth, 4 * cRow, 4 * startRow),
                default);
}

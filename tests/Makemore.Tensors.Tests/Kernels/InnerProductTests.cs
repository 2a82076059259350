using System.Runtime.Intrinsics;
using Xunit;

namespace Makemore.Tensors.Kernels;

public unsafe class InnerProductTests
{
    static readonly ProductStart[] Starts = Enum.GetValues<ProductStart>();

    [Fact]
    public void Inner_products_of_every_small_shape_are_right() =>
        Check(
            InnerProduct.Multiply,
            from rows in Enumerable.Range(0, 10)
            from columns in Enumerable.Range(0, 12)
            from depth in (int[])[0, 1, 7, 16, 21]
            select new ProductCase(rows, columns, depth, false, Starts[(rows + columns + depth) % 4], (rows + columns) % 3));

    [Fact]
    public void Every_width_and_every_remainder_of_the_depth_is_right()
    {
        ProductCase[] cases =
        [
            .. from depth in Enumerable.Range(0, 50)
               from rows in (int[])[1, 4, 6]
               from columns in (int[])[1, 2, 3, 4, 7]
               select new ProductCase(rows, columns, depth, false, Starts[(rows + columns + depth) % 4], 1),
            new ProductCase(32, 27, 200, false, ProductStart.Bias, 8),
        ];
        Check(InnerProduct.Tiles<Lanes128, Vector128<float>>, cases);
        if (Lanes256.IsSupported)
            Check(InnerProduct.Tiles<Lanes256, Vector256<float>>, cases);
        if (Lanes512.IsSupported)
            Check(InnerProduct.Tiles<Lanes512, Vector512<float>>, cases);
    }

    [Fact]
    public void Bits_of_an_element_do_not_depend_on_the_shape_around_it()
    {
        const int Rows = 7, Columns = 15, Depth = 203;
        var random = new Random(3);
        var a = Enumerable.Range(0, Rows * Depth).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var b = Enumerable.Range(0, Columns * Depth).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var c = new float[Rows * Columns];
        fixed (float* pa = a, pb = b, pc = c)
        {
            InnerProduct.Multiply(Rows, Columns, Depth, pa, Depth, pb, Depth, pc, Columns, null, 0);
            for (var m = 0; m < Rows; m++)
            {
                for (var n = 0; n < Columns; n++)
                {
                    float alone;
                    InnerProduct.Multiply(1, 1, Depth, pa + (m * Depth), Depth, pb + (n * Depth), Depth, &alone, 1, null, 0);
                    if (alone != c[(m * Columns) + n])
                        Assert.Fail($"Element {m}, {n} is {c[(m * Columns) + n]:R} in the matrix and {alone:R} alone.");
                }
            }
        }
    }

    static void Check(InnerProductMethod multiply, IEnumerable<ProductCase> cases)
    {
        // The case's right factor, its rows made columns, with what nobody may read between them.
        void Transposed(nint rows, nint columns, nint depth, float* a, nint aRow, nint aDepth, float* b, nint bDepth, float* c, nint cRow, float* start, nint startRow)
        {
            var bColumn = (int)depth + 3;
            var right = new float[((int)columns * bColumn) + 1];
            Array.Fill(right, float.NaN);
            for (var n = 0; n < columns; n++)
            {
                for (var k = 0; k < depth; k++)
                    right[(n * bColumn) + k] = b[(k * bDepth) + n];
            }

            fixed (float* from = right)
                multiply(rows, columns, depth, a, aRow, from, bColumn, c, cRow, start, startRow);
        }

        foreach (var @case in cases)
        {
            if (@case.Mistake(Transposed) is { } mistake)
                Assert.Fail(mistake);
        }
    }

    delegate void InnerProductMethod(
        nint rows, nint columns, nint depth, float* a, nint aRow, float* b, nint bColumn, float* c, nint cRow, float* start, nint startRow);
}

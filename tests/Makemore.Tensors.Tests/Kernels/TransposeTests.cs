using Xunit;

namespace Makemore.Tensors.Kernels;

public unsafe class TransposeTests
{
    [Fact]
    public void Every_element_changes_places_and_nothing_else_is_written()
    {
        for (var rows = 0; rows <= 40; rows++)
        {
            for (var columns = 0; columns <= 40; columns++)
                Transposes(rows, columns, columns + (rows % 3), rows + (columns % 4));
        }
    }

    static void Transposes(int rows, int columns, int sourceRow, int targetRow)
    {
        var source = new float[(rows * sourceRow) + 1];
        var target = new float[(columns * targetRow) + 1];
        for (var i = 0; i < source.Length; i++)
            source[i] = i;
        target.AsSpan().Fill(-1);
        fixed (float* from = source, to = target)
            Transpose.Copy(rows, columns, from, sourceRow, to, targetRow);
        for (var i = 0; i < target.Length; i++)
        {
            var (k, n) = targetRow == 0 ? (0, 0) : (i / targetRow, i % targetRow);
            var expected = n < rows && k < columns ? source[(n * sourceRow) + k] : -1;
            if (target[i] != expected)
                Assert.Fail($"{rows} × {columns}: element {k}, {n} is {target[i]} and not {expected}");
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Makemore.Tensors.Kernels;

/// <summary>A matrix with rows and columns exchanged, for products that want the other factor contiguous.</summary>
public static unsafe class Transpose
{
    // So many rows of a strip of columns stay in the first-level cache while the strips of their lines are taken.
    const nint RowsAtOnce = 128;

    /// <summary>target[k, n] = source[n, k], both with contiguous columns.</summary>
    /// <param name="rows">Rows n of the source, columns of the target.</param>
    /// <param name="columns">Columns k of the source, rows of the target.</param>
    /// <param name="source">Element n, k is <c>source[n * sourceRow + k]</c>; nothing else is read.</param>
    /// <param name="sourceRow">The step from one row of the source to the next, in elements.</param>
    /// <param name="target">Element k, n is <c>target[k * targetRow + n]</c>; nothing else is written. Does not overlap the source.</param>
    /// <param name="targetRow">The step from one row of the target to the next, in elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(nint rows, nint columns, float* source, nint sourceRow, float* target, nint targetRow)
    {
        for (nint n = 0; n < rows; n += RowsAtOnce)
            Block(Math.Min(RowsAtOnce, rows - n), columns, source + (n * sourceRow), sourceRow, target + n, targetRow);
    }

    // The last squares overlap those before them, so that no single elements are left over.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Block(nint rows, nint columns, float* source, nint sourceRow, float* target, nint targetRow)
    {
        if (!Sse.IsSupported || rows < 4 || columns < 4)
        {
            Elements(rows, columns, source, sourceRow, target, targetRow);
            return;
        }

        for (nint k = 0; k < columns; k += 4)
        {
            k = Math.Min(k, columns - 4);
            if (Avx.IsSupported && rows >= 8)
            {
                for (nint n = 0; n < rows; n += 8)
                {
                    n = Math.Min(n, rows - 8);
                    EightByFour(source + (n * sourceRow) + k, sourceRow, target + (k * targetRow) + n, targetRow);
                }
            }
            else
            {
                for (nint n = 0; n < rows; n += 4)
                {
                    n = Math.Min(n, rows - 4);
                    FourByFour(source + (n * sourceRow) + k, sourceRow, target + (k * targetRow) + n, targetRow);
                }
            }
        }
    }

    // Rows 0..3 in the lower half of a register and 4..7 in the upper: then two squares of four are transposed at once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void EightByFour(float* source, nint sourceRow, float* target, nint targetRow)
    {
        var below = source + (4 * sourceRow);
        var r0 = Vector256.Create(Vector128.Load(source), Vector128.Load(below));
        var r1 = Vector256.Create(Vector128.Load(source + sourceRow), Vector128.Load(below + sourceRow));
        var r2 = Vector256.Create(Vector128.Load(source + (2 * sourceRow)), Vector128.Load(below + (2 * sourceRow)));
        var r3 = Vector256.Create(Vector128.Load(source + (3 * sourceRow)), Vector128.Load(below + (3 * sourceRow)));
        var low01 = Avx.UnpackLow(r0, r1);
        var high01 = Avx.UnpackHigh(r0, r1);
        var low23 = Avx.UnpackLow(r2, r3);
        var high23 = Avx.UnpackHigh(r2, r3);
        Vector256.Store(Avx.Shuffle(low01, low23, 0b01_00_01_00), target);
        Vector256.Store(Avx.Shuffle(low01, low23, 0b11_10_11_10), target + targetRow);
        Vector256.Store(Avx.Shuffle(high01, high23, 0b01_00_01_00), target + (2 * targetRow));
        Vector256.Store(Avx.Shuffle(high01, high23, 0b11_10_11_10), target + (3 * targetRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void FourByFour(float* source, nint sourceRow, float* target, nint targetRow)
    {
        var r0 = Vector128.Load(source);
        var r1 = Vector128.Load(source + sourceRow);
        var r2 = Vector128.Load(source + (2 * sourceRow));
        var r3 = Vector128.Load(source + (3 * sourceRow));
        var low01 = Sse.UnpackLow(r0, r1);
        var high01 = Sse.UnpackHigh(r0, r1);
        var low23 = Sse.UnpackLow(r2, r3);
        var high23 = Sse.UnpackHigh(r2, r3);
        Vector128.Store(Sse.Shuffle(low01, low23, 0b01_00_01_00), target);
        Vector128.Store(Sse.Shuffle(low01, low23, 0b11_10_11_10), target + targetRow);
        Vector128.Store(Sse.Shuffle(high01, high23, 0b01_00_01_00), target + (2 * targetRow));
        Vector128.Store(Sse.Shuffle(high01, high23, 0b11_10_11_10), target + (3 * targetRow));
    }

    static void Elements(nint rows, nint columns, float* source, nint sourceRow, float* target, nint targetRow)
    {
        for (nint k = 0; k < columns; k++)
        {
            for (nint n = 0; n < rows; n++)
                target[(k * targetRow) + n] = source[(n * sourceRow) + k];
        }
    }
}

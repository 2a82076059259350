using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Makemore.Tensors.Kernels;

/// <summary>A matrix with rows and columns exchanged, for products that want the other factor contiguous.</summary>
public static unsafe class Transpose
{
    /// <summary>target[k, n] = source[n, k], both with contiguous columns.</summary>
    /// <param name="rows">Rows n of the source, columns of the target.</param>
    /// <param name="columns">Columns k of the source, rows of the target.</param>
    /// <param name="source">Element n, k is <c>source[n * sourceRow + k]</c>; nothing else is read.</param>
    /// <param name="sourceRow">The step from one row of the source to the next, in elements.</param>
    /// <param name="target">Element k, n is <c>target[k * targetRow + n]</c>; nothing else is written. Does not overlap the source.</param>
    /// <param name="targetRow">The step from one row of the target to the next, in elements.</param>
    /// <remarks>Squares at the edges overlap those before them, so that no single elements are left over.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(nint rows, nint columns, float* source, nint sourceRow, float* target, nint targetRow)
    {
        if (!Avx.IsSupported || rows < 8 || columns < 4)
        {
            for (nint k = 0; k < columns; k++)
            {
                for (nint n = 0; n < rows; n++)
                    target[(k * targetRow) + n] = source[(n * sourceRow) + k];
            }
        }
        else if (rows > columns)
        {
            // Along the longer side last: the lines that the squares side by side share are then used up before they leave the cache.
            nint n = 0;
            for (; Avx512F.IsSupported && n <= rows - 16; n += 16)
                Across<SixteenByFour>(columns, source + (n * sourceRow), sourceRow, target + n, targetRow);
            for (; n <= rows - 8; n += 8)
                Across<EightByFour>(columns, source + (n * sourceRow), sourceRow, target + n, targetRow);
            if (n < rows)
                Across<EightByFour>(columns, source + ((rows - 8) * sourceRow), sourceRow, target + rows - 8, targetRow);
        }
        else
        {
            for (nint k = 0; k < columns; k += 4)
            {
                k = Math.Min(k, columns - 4);
                Down(rows, source + k, sourceRow, target + (k * targetRow), targetRow);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Across<TSquare>(nint columns, float* source, nint sourceRow, float* target, nint targetRow)
        where TSquare : struct, ISquare
    {
        for (nint k = 0; k < columns; k += 4)
        {
            k = Math.Min(k, columns - 4);
            TSquare.Transpose(source + k, sourceRow, target + (k * targetRow), targetRow);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Down(nint rows, float* source, nint sourceRow, float* target, nint targetRow)
    {
        nint n = 0;
        for (; Avx512F.IsSupported && n <= rows - 16; n += 16)
            SixteenByFour.Transpose(source + (n * sourceRow), sourceRow, target + n, targetRow);
        for (; n <= rows - 8; n += 8)
            EightByFour.Transpose(source + (n * sourceRow), sourceRow, target + n, targetRow);
        if (n < rows)
            EightByFour.Transpose(source + ((rows - 8) * sourceRow), sourceRow, target + rows - 8, targetRow);
    }

    interface ISquare
    {
        static abstract void Transpose(float* source, nint sourceRow, float* target, nint targetRow);
    }

    readonly struct SixteenByFour : ISquare
    {
        // Every fourth row in one register: then four squares of four are transposed at once.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Transpose(float* source, nint sourceRow, float* target, nint targetRow)
        {
            var four = 4 * sourceRow;
            var r0 = EveryFourth(source, four);
            var r1 = EveryFourth(source + sourceRow, four);
            var r2 = EveryFourth(source + (2 * sourceRow), four);
            var r3 = EveryFourth(source + (3 * sourceRow), four);
            var low01 = Avx512F.UnpackLow(r0, r1);
            var high01 = Avx512F.UnpackHigh(r0, r1);
            var low23 = Avx512F.UnpackLow(r2, r3);
            var high23 = Avx512F.UnpackHigh(r2, r3);
            Vector512.Store(Avx512F.Shuffle(low01, low23, 0b01_00_01_00), target);
            Vector512.Store(Avx512F.Shuffle(low01, low23, 0b11_10_11_10), target + targetRow);
            Vector512.Store(Avx512F.Shuffle(high01, high23, 0b01_00_01_00), target + (2 * targetRow));
            Vector512.Store(Avx512F.Shuffle(high01, high23, 0b11_10_11_10), target + (3 * targetRow));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector512<float> EveryFourth(float* source, nint four)
        {
            var rows = Vector128.Load(source).ToVector256Unsafe().ToVector512Unsafe();
            rows = Avx512F.InsertVector128(rows, Vector128.Load(source + four), 1);
            rows = Avx512F.InsertVector128(rows, Vector128.Load(source + (2 * four)), 2);
            return Avx512F.InsertVector128(rows, Vector128.Load(source + (3 * four)), 3);
        }
    }

    readonly struct EightByFour : ISquare
    {
        // Rows 0..3 in the lower half of a register and 4..7 in the upper: then two squares of four are transposed at once.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Transpose(float* source, nint sourceRow, float* target, nint targetRow)
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
    }
}

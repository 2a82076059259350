using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace Makemore.Tensors.Kernels;

/// <summary>The matrix product, on strided data in memory.</summary>
/// <remarks>
/// No element is copied or packed. The result is cut into tiles of registers (<see cref="Tile{TLanes, TVector, TRows, TColumns, TEpilogue}"/>), as
/// equal as can be, and every element is summed in the order of depth by one accumulator: its bits do not depend on the cut.
/// </remarks>
public static unsafe class Product
{
    // What the tiles pass over again and again, so much of four vectors of b, should stay in the first-level cache: 32 KiB.
    const int DepthBlock = 128;

    /// <summary>c[m, n] = start[m, n] + Σₖ a[m, k] · b[k, n], with columns contiguous in b, c and start.</summary>
    /// <param name="rows">Rows m of a, c and start.</param>
    /// <param name="columns">Columns n of b, c and start.</param>
    /// <param name="depth">The number of products in each sum; none leaves the start.</param>
    /// <param name="a">The left factor: element m, k is <c>a[m * aRow + k * aDepth]</c>.</param>
    /// <param name="aRow">The step from one row of a to the next, in elements.</param>
    /// <param name="aDepth">The step from one product to the next in a, in elements.</param>
    /// <param name="b">
    /// The right factor: element k, n is <c>b[k * bDepth + n]</c>. Readable up to 64 bytes past its last element.
    /// </param>
    /// <param name="bDepth">The step from one product to the next in b, in elements.</param>
    /// <param name="c">The result: element m, n is <c>c[m * cRow + n]</c>. Overlaps neither a nor b; nothing else is written.</param>
    /// <param name="cRow">The step from one row of c to the next, in elements.</param>
    /// <param name="start">
    /// What the sums start with, element m, n being <c>start[m * startRow + n]</c>: null for zero, c itself to accumulate, or a residual.
    /// Readable up to 64 bytes past its last element.
    /// </param>
    /// <param name="startRow">The step from one row of start to the next, in elements; 0 gives every row the same bias.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        nint rows,
        nint columns,
        nint depth,
        float* a,
        nint aRow,
        nint aDepth,
        float* b,
        nint bDepth,
        float* c,
        nint cRow,
        float* start,
        nint startRow)
    {
        if (Lanes512.IsSupported)
            Multiply<Lanes512, Vector512<float>, NoEpilogue<Vector512<float>>>(rows, columns, depth, a, aRow, aDepth, b, bDepth, c, cRow, start, startRow, default);
        else if (Lanes256.IsSupported)
            Multiply<Lanes256, Vector256<float>, NoEpilogue<Vector256<float>>>(rows, columns, depth, a, aRow, aDepth, b, bDepth, c, cRow, start, startRow, default);
        else
            Multiply<Lanes128, Vector128<float>, NoEpilogue<Vector128<float>>>(rows, columns, depth, a, aRow, aDepth, b, bDepth, c, cRow, start, startRow, default);
    }

    /// <summary>c[m, n] = epilogue(start[m, n] + Σₖ a[m, k] · b[k, n]); the parameters are those of the other overload.</summary>
    /// <typeparam name="TLanes">The operations of a width that the processor has.</typeparam>
    /// <typeparam name="TVector">The vectors of that width.</typeparam>
    /// <typeparam name="TEpilogue">What is done to each sum before it is stored. It may read c where it is about to be written.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TLanes, TVector, TEpilogue>(
        nint rows,
        nint columns,
        nint depth,
        float* a,
        nint aRow,
        nint aDepth,
        float* b,
        nint bDepth,
        float* c,
        nint cRow,
        float* start,
        nint startRow,
        TEpilogue epilogue)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TEpilogue : struct, IEpilogue<TVector>
    {
        var strides = new Strides(4 * aRow, 4 * aDepth, 4 * bDepth, 4 * cRow, 4 * startRow);
        if (columns <= TLanes.Count && columns > 0 && depth <= DepthBlock && HasManyRegisters<TLanes, TVector>())
            Slender<TLanes, TVector, TEpilogue>(rows, columns, depth, (byte*)a, (byte*)b, (byte*)c, (byte*)start, &strides, epilogue);
        else
            Blocks<TLanes, TVector, TEpilogue>(rows, columns, depth, (byte*)a, (byte*)b, (byte*)c, (byte*)start, strides, epilogue);
    }

    /// <summary>
    /// Makes the runtime compile the tiles that a batch of 32 rows is cut into, which takes it longer than everything else about a first product:
    /// worth a call on another thread while there is something else to do.
    /// </summary>
    public static void Prepare()
    {
        // Seven vectors of sixteen lanes are cut into four and three; narrower ones are all cut in twos. Nothing is added up, so nothing is read.
        const int rows = 32, columns = 7 * 16;
        var c = stackalloc float[rows * columns];
        Multiply(rows, 2 * 16, depth: 0, null, 0, 0, null, 0, c, columns, null, 0);
        Multiply(rows, columns, depth: 0, null, 0, 0, null, 0, c, columns, null, 0);
        InnerProduct.Multiply(rows, 4 + 3, depth: 0, null, 0, null, 0, c, columns, null, 0);
        InnerProduct.Multiply(rows, 2, depth: 0, null, 0, null, 0, c, columns, null, 0);
    }

    // Blocks of depth, the second and later ones starting with what the first has stored: a rounded float either way.
    // An epilogue may need what c held before, so nothing is stored there until all sums are finished.
    internal static void Blocks<TLanes, TVector, TEpilogue>(
        nint rows, nint columns, nint depth, byte* a, byte* b, byte* c, byte* start, Strides strides, TEpilogue epilogue)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TEpilogue : struct, IEpilogue<TVector>
    {
        for (; depth > DepthBlock && typeof(TEpilogue) == typeof(NoEpilogue<TVector>); depth -= DepthBlock)
        {
            Columns<TLanes, TVector, TEpilogue>(rows, columns, DepthBlock, a, b, c, start, &strides, epilogue);
            a += DepthBlock * strides.ADepth;
            b += DepthBlock * strides.BDepth;
            start = c;
            strides = strides with { StartRow = strides.CRow };
        }

        Columns<TLanes, TVector, TEpilogue>(rows, columns, depth, a, b, c, start, &strides, epilogue);
    }

    // Accumulators, one row of b and a broadcast have to fit the registers: 32 of AVX-512 and of Arm, else 16.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool HasManyRegisters<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.Count == 16 || AdvSimd.Arm64.IsSupported;

    // One vector of columns, as in the heads of an attention, is over so soon that every call on the way to its tiles would show.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Slender<TLanes, TVector, TEpilogue>(
        nint rows, nint columns, nint depth, byte* a, byte* b, byte* c, byte* start, Strides* strides, TEpilogue epilogue)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TEpilogue : struct, IEpilogue<TVector>
    {
        const int tall = SlenderTile<TLanes, TVector, TEpilogue>.Rows;
        nint row = 0;
        for (; row <= rows - tall; row += tall)
        {
            SlenderTile<TLanes, TVector, TEpilogue>.Multiply(a, b, c, start, strides, depth, (int)columns, epilogue, row);
            a += tall * strides->ARow;
            c += tall * strides->CRow;
            start = start == null ? null : start + (tall * strides->StartRow);
        }

        if (row < rows)
            Rows<TLanes, TVector, Extent.One, TEpilogue>(rows - row, 12, depth, a, b, c, start, strides, (int)columns, epilogue, 0, row);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Columns<TLanes, TVector, TEpilogue>(
        nint rows, nint columns, nint depth, byte* a, byte* b, byte* c, byte* start, Strides* strides, TEpilogue epilogue)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TEpilogue : struct, IEpilogue<TVector>
    {
        var manyRegisters = HasManyRegisters<TLanes, TVector>();
        var vectors = (columns + TLanes.Count - 1) / TLanes.Count;
        var last = (int)(columns - ((vectors - 1) * TLanes.Count));
        nint column = 0;
        while (vectors > 0)
        {
            // With 32 registers 8 × 3, 6 × 4 and 12 × 2 keep the ports busiest; threes and fours make up any number but 1, 2 and 5.
            var width = !manyRegisters ? Math.Min(vectors, 2) : vectors % 3 == 0 || vectors == 5 ? 3 : Math.Min(vectors, 4);
            var stored = width == vectors ? last : TLanes.Count;
            if (width == 1)
                Rows<TLanes, TVector, Extent.One, TEpilogue>(rows, 12, depth, a, b, c, start, strides, stored, epilogue, column);
            else if (width == 2)
                Rows<TLanes, TVector, Extent.Two, TEpilogue>(rows, manyRegisters ? 12 : 6, depth, a, b, c, start, strides, stored, epilogue, column);
            else if (width == 3)
                Rows<TLanes, TVector, Extent.Three, TEpilogue>(rows, 8, depth, a, b, c, start, strides, stored, epilogue, column);
            else
                Rows<TLanes, TVector, Extent.Four, TEpilogue>(rows, 6, depth, a, b, c, start, strides, stored, epilogue, column);
            vectors -= width;
            column += width * TLanes.Count;
            var bytes = width * TLanes.Count * sizeof(float);
            b += bytes;
            c += bytes;
            start = start == null ? null : start + bytes;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Rows<TLanes, TVector, TColumns, TEpilogue>(
        nint rows, nint tallest, nint depth, byte* a, byte* b, byte* c, byte* start, Strides* strides, int last, TEpilogue epilogue, nint column, nint row = 0)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TColumns : unmanaged
        where TEpilogue : struct, IEpilogue<TVector>
    {
        for (var tiles = (rows + tallest - 1) / tallest; tiles > 0; tiles--)
        {
            var height = (rows + tiles - 1) / tiles;
            switch (height)
            {
                case 1:
                    Tile<TLanes, TVector, Extent.One, TColumns, TEpilogue>.Multiply(a, b, c, start, strides, depth, last, epilogue, row, column);
                    break;
                case 2:
                    Tile<TLanes, TVector, Extent.Two, TColumns, TEpilogue>.Multiply(a, b, c, start, strides, depth, last, epilogue, row, column);
                    break;
                case 3:
                    Tile<TLanes, TVector, Extent.Three, TColumns, TEpilogue>.Multiply(a, b, c, start, strides, depth, last, epilogue, row, column);
                    break;
                case 4:
                    Tile<TLanes, TVector, Extent.Four, TColumns, TEpilogue>.Multiply(a, b, c, start, strides, depth, last, epilogue, row, column);
                    break;
                case 5:
                    Tile<TLanes, TVector, Extent.Five, TColumns, TEpilogue>.Multiply(a, b, c, start, strides, depth, last, epilogue, row, column);
                    break;
                case 6:
                    Tile<TLanes, TVector, Extent.Six, TColumns, TEpilogue>.Multiply(a, b, c, start, strides, depth, last, epilogue, row, column);
                    break;
                case 7:
                    Tile<TLanes, TVector, Extent.Seven, TColumns, TEpilogue>.Multiply(a, b, c, start, strides, depth, last, epilogue, row, column);
                    break;
                case 8:
                    Tile<TLanes, TVector, Extent.Eight, TColumns, TEpilogue>.Multiply(a, b, c, start, strides, depth, last, epilogue, row, column);
                    break;
                case 9:
                    Tile<TLanes, TVector, Extent.Nine, TColumns, TEpilogue>.Multiply(a, b, c, start, strides, depth, last, epilogue, row, column);
                    break;
                case 10:
                    Tile<TLanes, TVector, Extent.Ten, TColumns, TEpilogue>.Multiply(a, b, c, start, strides, depth, last, epilogue, row, column);
                    break;
                case 11:
                    Tile<TLanes, TVector, Extent.Eleven, TColumns, TEpilogue>.Multiply(a, b, c, start, strides, depth, last, epilogue, row, column);
                    break;
                default:
                    Tile<TLanes, TVector, Extent.Twelve, TColumns, TEpilogue>.Multiply(a, b, c, start, strides, depth, last, epilogue, row, column);
                    break;
            }

            rows -= height;
            row += height;
            a += height * strides->ARow;
            c += height * strides->CRow;
            start = start == null ? null : start + (height * strides->StartRow);
        }
    }
}

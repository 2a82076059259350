using System.Runtime.CompilerServices;

namespace Makemore.Tensors.Kernels;

/// <summary>
/// One register tile of a matrix product: up to eight rows and four vectors of columns of c, or twelve and two, each vector in a register from the
/// first product to the last.
/// </summary>
/// <typeparam name="TLanes">The operations of the width.</typeparam>
/// <typeparam name="TVector">The vectors of the width.</typeparam>
/// <typeparam name="TRows">The rows of this tile, an <see cref="Extent"/> of 1 to 12, more than 8 only with one or two vectors.</typeparam>
/// <typeparam name="TColumns">The vectors of this tile, an <see cref="Extent"/> of 1 to 4.</typeparam>
/// <typeparam name="TEpilogue">What is done to each sum before it is stored.</typeparam>
static unsafe class Tile<TLanes, TVector, TRows, TColumns, TEpilogue>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
    where TRows : unmanaged
    where TColumns : unmanaged
    where TEpilogue : struct, IEpilogue<TVector>
{
    /// <summary>c = start + Σₖ a·b over one tile.</summary>
    /// <param name="a">Row 0, depth 0 of the left factor.</param>
    /// <param name="b">Depth 0, column 0 of the right factor; whole vectors are read.</param>
    /// <param name="c">Row 0, column 0 of the result.</param>
    /// <param name="start">Row 0, column 0 of what the sum starts with, or null for zero; whole vectors are read.</param>
    /// <param name="strides">The strides, in bytes.</param>
    /// <param name="depth">The number of products.</param>
    /// <param name="last">The lanes of the last vector of columns that are stored, 1 to a whole vector.</param>
    /// <param name="epilogue">What is done to each sum before it is stored.</param>
    /// <param name="rowIndex">The tile's first row in the whole result.</param>
    /// <param name="column">The tile's first column in the whole result.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(byte* a, byte* b, byte* c, byte* start, Strides* strides, nint depth, int last, TEpilogue epilogue, nint rowIndex, nint column)
    {
        // Locals, not an array: each vector must live in a register. Those outside of the tile are never used and vanish.
        Row c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        Row c6 = default, c7 = default, c8 = default, c9 = default, c10 = default, c11 = default;
        if (start != null)
        {
            var step = strides->StartRow;
            Begin(ref c0, start);
            if (sizeof(TRows) > 1)
                Begin(ref c1, start + step);
            if (sizeof(TRows) > 2)
                Begin(ref c2, start + (2 * step));
            if (sizeof(TRows) > 3)
                Begin(ref c3, start + (3 * step));
            if (sizeof(TRows) > 4)
                Begin(ref c4, start + (4 * step));
            if (sizeof(TRows) > 5)
                Begin(ref c5, start + (5 * step));
            if (sizeof(TRows) > 6)
                Begin(ref c6, start + (6 * step));
            if (sizeof(TRows) > 7)
                Begin(ref c7, start + (7 * step));
            if (sizeof(TRows) > 8)
                Begin(ref c8, start + (8 * step));
            if (sizeof(TRows) > 9)
                Begin(ref c9, start + (9 * step));
            if (sizeof(TRows) > 10)
                Begin(ref c10, start + (10 * step));
            if (sizeof(TRows) > 11)
                Begin(ref c11, start + (11 * step));
        }

        // A second pointer instead of further multiples of the row: with those there would be more than fit the registers.
        var below = a + (8 * strides->ARow);
        var (row, aDepth, bDepth) = (strides->ARow, strides->ADepth, strides->BDepth);
        var (row3, row5, row7) = (3 * row, 5 * row, 7 * row);
        if ((depth & 1) != 0)
        {
            Add(ref c0, ref c1, ref c2, ref c3, ref c4, ref c5, ref c6, ref c7, ref c8, ref c9, ref c10, ref c11, a, below, row, row3, row5, row7, b);
            a += aDepth;
            if (sizeof(TRows) > 8)
                below += aDepth;
            b += bDepth;
        }

        // Two at a time: half as many branches, and no gain from more. Pointers that Add moved by reference would cost what this gains.
        for (depth >>= 1; depth != 0; depth--)
        {
            Add(ref c0, ref c1, ref c2, ref c3, ref c4, ref c5, ref c6, ref c7, ref c8, ref c9, ref c10, ref c11, a, below, row, row3, row5, row7, b);
            a += aDepth;
            if (sizeof(TRows) > 8)
                below += aDepth;
            b += bDepth;
            Add(ref c0, ref c1, ref c2, ref c3, ref c4, ref c5, ref c6, ref c7, ref c8, ref c9, ref c10, ref c11, a, below, row, row3, row5, row7, b);
            a += aDepth;
            if (sizeof(TRows) > 8)
                below += aDepth;
            b += bDepth;
        }

        // All before the first is stored: what an epilogue reads may lie beside what a masked store has just written, and would wait for it.
        Apply(ref c0, epilogue, rowIndex, column);
        if (sizeof(TRows) > 1)
            Apply(ref c1, epilogue, rowIndex + 1, column);
        if (sizeof(TRows) > 2)
            Apply(ref c2, epilogue, rowIndex + 2, column);
        if (sizeof(TRows) > 3)
            Apply(ref c3, epilogue, rowIndex + 3, column);
        if (sizeof(TRows) > 4)
            Apply(ref c4, epilogue, rowIndex + 4, column);
        if (sizeof(TRows) > 5)
            Apply(ref c5, epilogue, rowIndex + 5, column);
        if (sizeof(TRows) > 6)
            Apply(ref c6, epilogue, rowIndex + 6, column);
        if (sizeof(TRows) > 7)
            Apply(ref c7, epilogue, rowIndex + 7, column);
        if (sizeof(TRows) > 8)
            Apply(ref c8, epilogue, rowIndex + 8, column);
        if (sizeof(TRows) > 9)
            Apply(ref c9, epilogue, rowIndex + 9, column);
        if (sizeof(TRows) > 10)
            Apply(ref c10, epilogue, rowIndex + 10, column);
        if (sizeof(TRows) > 11)
            Apply(ref c11, epilogue, rowIndex + 11, column);

        var cRow = strides->CRow;
        End(c0, c, last);
        if (sizeof(TRows) > 1)
            End(c1, c + cRow, last);
        if (sizeof(TRows) > 2)
            End(c2, c + (2 * cRow), last);
        if (sizeof(TRows) > 3)
            End(c3, c + (3 * cRow), last);
        if (sizeof(TRows) > 4)
            End(c4, c + (4 * cRow), last);
        if (sizeof(TRows) > 5)
            End(c5, c + (5 * cRow), last);
        if (sizeof(TRows) > 6)
            End(c6, c + (6 * cRow), last);
        if (sizeof(TRows) > 7)
            End(c7, c + (7 * cRow), last);
        if (sizeof(TRows) > 8)
            End(c8, c + (8 * cRow), last);
        if (sizeof(TRows) > 9)
            End(c9, c + (9 * cRow), last);
        if (sizeof(TRows) > 10)
            End(c10, c + (10 * cRow), last);
        if (sizeof(TRows) > 11)
            End(c11, c + (11 * cRow), last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Begin(ref Row c, byte* start)
    {
        c.V0 = TLanes.Load((float*)start);
        if (sizeof(TColumns) > 1)
            c.V1 = TLanes.Load((float*)start + TLanes.Count);
        if (sizeof(TColumns) > 2)
            c.V2 = TLanes.Load((float*)start + (2 * TLanes.Count));
        if (sizeof(TColumns) > 3)
            c.V3 = TLanes.Load((float*)start + (3 * TLanes.Count));
    }

    // One product more of each sum.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Add(
        ref Row c0, ref Row c1, ref Row c2, ref Row c3, ref Row c4, ref Row c5, ref Row c6, ref Row c7, ref Row c8, ref Row c9, ref Row c10, ref Row c11,
        byte* a, byte* below, nint row, nint row3, nint row5, nint row7, byte* b)
    {
        Row x = default;
        Begin(ref x, b);
        Add(ref c0, a, x);
        if (sizeof(TRows) > 1)
            Add(ref c1, a + row, x);
        if (sizeof(TRows) > 2)
            Add(ref c2, a + (2 * row), x);
        if (sizeof(TRows) > 3)
            Add(ref c3, a + row3, x);
        if (sizeof(TRows) > 4)
            Add(ref c4, a + (4 * row), x);
        if (sizeof(TRows) > 5)
            Add(ref c5, a + row5, x);
        if (sizeof(TRows) > 6)
            Add(ref c6, a + (2 * row3), x);
        if (sizeof(TRows) > 7)
            Add(ref c7, a + row7, x);
        if (sizeof(TRows) > 8)
            Add(ref c8, below, x);
        if (sizeof(TRows) > 9)
            Add(ref c9, below + row, x);
        if (sizeof(TRows) > 10)
            Add(ref c10, below + (2 * row), x);
        if (sizeof(TRows) > 11)
            Add(ref c11, below + row3, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Add(ref Row c, byte* a, Row b)
    {
        var x = TLanes.Create(*(float*)a);
        c.V0 = TLanes.MultiplyAdd(x, b.V0, c.V0);
        if (sizeof(TColumns) > 1)
            c.V1 = TLanes.MultiplyAdd(x, b.V1, c.V1);
        if (sizeof(TColumns) > 2)
            c.V2 = TLanes.MultiplyAdd(x, b.V2, c.V2);
        if (sizeof(TColumns) > 3)
            c.V3 = TLanes.MultiplyAdd(x, b.V3, c.V3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Apply(ref Row c, TEpilogue epilogue, nint row, nint column)
    {
        // It would do nothing, up to 24 times, and the compiler would first have to see that.
        if (typeof(TEpilogue) == typeof(NoEpilogue<TVector>))
            return;
        c.V0 = epilogue.Apply(c.V0, row, column);
        if (sizeof(TColumns) > 1)
            c.V1 = epilogue.Apply(c.V1, row, column + TLanes.Count);
        if (sizeof(TColumns) > 2)
            c.V2 = epilogue.Apply(c.V2, row, column + (2 * TLanes.Count));
        if (sizeof(TColumns) > 3)
            c.V3 = epilogue.Apply(c.V3, row, column + (3 * TLanes.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void End(Row c, byte* target, int last)
    {
        if (sizeof(TColumns) > 1)
            TLanes.Store(c.V0, (float*)target);
        if (sizeof(TColumns) > 2)
            TLanes.Store(c.V1, (float*)target + TLanes.Count);
        if (sizeof(TColumns) > 3)
            TLanes.Store(c.V2, (float*)target + (2 * TLanes.Count));
        var final = sizeof(TColumns) == 1 ? c.V0 : sizeof(TColumns) == 2 ? c.V1 : sizeof(TColumns) == 3 ? c.V2 : c.V3;
        target += (sizeof(TColumns) - 1) * TLanes.Count * sizeof(float);
        if (last == TLanes.Count)
            TLanes.Store(final, (float*)target);
        else
            TLanes.StoreFirst(final, (float*)target, last);
    }

    struct Row
    {
        public TVector V0, V1, V2, V3;
    }
}

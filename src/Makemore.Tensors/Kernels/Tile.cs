using System.Runtime.CompilerServices;

namespace Makemore.Tensors.Kernels;

/// <summary>
/// One register tile of a matrix product: up to eight rows and four vectors of columns of c, or twelve and two, each vector in a register from the
/// first product to the last.
/// </summary>
/// <typeparam name="TLanes">The operations of the width.</typeparam>
/// <typeparam name="TVector">The vectors of the width.</typeparam>
/// <typeparam name="TRows">The rows of this tile, 1 to 12, more than 8 only with one or two vectors.</typeparam>
/// <typeparam name="TColumns">The vectors of this tile, 1 to 4.</typeparam>
/// <typeparam name="TEpilogue">What is done to each sum before it is stored.</typeparam>
static unsafe class Tile<TLanes, TVector, TRows, TColumns, TEpilogue>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
    where TRows : struct, IExtent
    where TColumns : struct, IExtent
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
        // Locals, not an array: each must live in a register. Those outside of the tile are never used and vanish.
        TVector c00 = default, c01 = default, c02 = default, c03 = default;
        TVector c10 = default, c11 = default, c12 = default, c13 = default;
        TVector c20 = default, c21 = default, c22 = default, c23 = default;
        TVector c30 = default, c31 = default, c32 = default, c33 = default;
        TVector c40 = default, c41 = default, c42 = default, c43 = default;
        TVector c50 = default, c51 = default, c52 = default, c53 = default;
        TVector c60 = default, c61 = default, c62 = default, c63 = default;
        TVector c70 = default, c71 = default, c72 = default, c73 = default;
        TVector c80 = default, c81 = default, c90 = default, c91 = default;
        TVector cA0 = default, cA1 = default, cB0 = default, cB1 = default;
        nint step;
        if (start != null)
        {
            step = strides->StartRow;
            Begin(ref c00, ref c01, ref c02, ref c03, start);
            if (TRows.Value > 1)
                Begin(ref c10, ref c11, ref c12, ref c13, start + step);
            if (TRows.Value > 2)
                Begin(ref c20, ref c21, ref c22, ref c23, start + (2 * step));
            if (TRows.Value > 3)
                Begin(ref c30, ref c31, ref c32, ref c33, start + (3 * step));
            if (TRows.Value > 4)
                Begin(ref c40, ref c41, ref c42, ref c43, start + (4 * step));
            if (TRows.Value > 5)
                Begin(ref c50, ref c51, ref c52, ref c53, start + (5 * step));
            if (TRows.Value > 6)
                Begin(ref c60, ref c61, ref c62, ref c63, start + (6 * step));
            if (TRows.Value > 7)
                Begin(ref c70, ref c71, ref c72, ref c73, start + (7 * step));
            if (TRows.Value > 8)
                Begin(ref c80, ref c81, start + (8 * step));
            if (TRows.Value > 9)
                Begin(ref c90, ref c91, start + (9 * step));
            if (TRows.Value > 10)
                Begin(ref cA0, ref cA1, start + (10 * step));
            if (TRows.Value > 11)
                Begin(ref cB0, ref cB1, start + (11 * step));
        }

        var row = strides->ARow;
        var row3 = 3 * row;
        var row5 = 5 * row;
        var row7 = 7 * row;

        // A second pointer instead of further multiples of the row: with those there would be more than fit the registers.
        var below = a + (8 * row);
        var aDepth = strides->ADepth;
        var bDepth = strides->BDepth;
        TVector b0, b1 = default, b2 = default, b3 = default;
        for (; depth > 0; depth--)
        {
            b0 = TLanes.Load((float*)b);
            if (TColumns.Value > 1)
                b1 = TLanes.Load((float*)b + TLanes.Count);
            if (TColumns.Value > 2)
                b2 = TLanes.Load((float*)b + (2 * TLanes.Count));
            if (TColumns.Value > 3)
                b3 = TLanes.Load((float*)b + (3 * TLanes.Count));
            Add(ref c00, ref c01, ref c02, ref c03, a, b0, b1, b2, b3);
            if (TRows.Value > 1)
                Add(ref c10, ref c11, ref c12, ref c13, a + row, b0, b1, b2, b3);
            if (TRows.Value > 2)
                Add(ref c20, ref c21, ref c22, ref c23, a + (2 * row), b0, b1, b2, b3);
            if (TRows.Value > 3)
                Add(ref c30, ref c31, ref c32, ref c33, a + row3, b0, b1, b2, b3);
            if (TRows.Value > 4)
                Add(ref c40, ref c41, ref c42, ref c43, a + (4 * row), b0, b1, b2, b3);
            if (TRows.Value > 5)
                Add(ref c50, ref c51, ref c52, ref c53, a + row5, b0, b1, b2, b3);
            if (TRows.Value > 6)
                Add(ref c60, ref c61, ref c62, ref c63, a + (2 * row3), b0, b1, b2, b3);
            if (TRows.Value > 7)
                Add(ref c70, ref c71, ref c72, ref c73, a + row7, b0, b1, b2, b3);
            if (TRows.Value > 8)
                Add(ref c80, ref c81, below, b0, b1);
            if (TRows.Value > 9)
                Add(ref c90, ref c91, below + row, b0, b1);
            if (TRows.Value > 10)
                Add(ref cA0, ref cA1, below + (2 * row), b0, b1);
            if (TRows.Value > 11)
                Add(ref cB0, ref cB1, below + row3, b0, b1);
            a += aDepth;
            if (TRows.Value > 8)
                below += aDepth;
            b += bDepth;
        }

        // All before the first is stored: what an epilogue reads may lie beside what a masked store has just written, and would wait for it.
        Apply(ref c00, ref c01, ref c02, ref c03, epilogue, rowIndex, column);
        if (TRows.Value > 1)
            Apply(ref c10, ref c11, ref c12, ref c13, epilogue, rowIndex + 1, column);
        if (TRows.Value > 2)
            Apply(ref c20, ref c21, ref c22, ref c23, epilogue, rowIndex + 2, column);
        if (TRows.Value > 3)
            Apply(ref c30, ref c31, ref c32, ref c33, epilogue, rowIndex + 3, column);
        if (TRows.Value > 4)
            Apply(ref c40, ref c41, ref c42, ref c43, epilogue, rowIndex + 4, column);
        if (TRows.Value > 5)
            Apply(ref c50, ref c51, ref c52, ref c53, epilogue, rowIndex + 5, column);
        if (TRows.Value > 6)
            Apply(ref c60, ref c61, ref c62, ref c63, epilogue, rowIndex + 6, column);
        if (TRows.Value > 7)
            Apply(ref c70, ref c71, ref c72, ref c73, epilogue, rowIndex + 7, column);
        if (TRows.Value > 8)
            Apply(ref c80, ref c81, epilogue, rowIndex + 8, column);
        if (TRows.Value > 9)
            Apply(ref c90, ref c91, epilogue, rowIndex + 9, column);
        if (TRows.Value > 10)
            Apply(ref cA0, ref cA1, epilogue, rowIndex + 10, column);
        if (TRows.Value > 11)
            Apply(ref cB0, ref cB1, epilogue, rowIndex + 11, column);

        step = strides->CRow;
        if (last == TLanes.Count)
        {
            End(c00, c01, c02, c03, c);
            if (TRows.Value > 1)
                End(c10, c11, c12, c13, c + step);
            if (TRows.Value > 2)
                End(c20, c21, c22, c23, c + (2 * step));
            if (TRows.Value > 3)
                End(c30, c31, c32, c33, c + (3 * step));
            if (TRows.Value > 4)
                End(c40, c41, c42, c43, c + (4 * step));
            if (TRows.Value > 5)
                End(c50, c51, c52, c53, c + (5 * step));
            if (TRows.Value > 6)
                End(c60, c61, c62, c63, c + (6 * step));
            if (TRows.Value > 7)
                End(c70, c71, c72, c73, c + (7 * step));
            if (TRows.Value > 8)
                End(c80, c81, c + (8 * step));
            if (TRows.Value > 9)
                End(c90, c91, c + (9 * step));
            if (TRows.Value > 10)
                End(cA0, cA1, c + (10 * step));
            if (TRows.Value > 11)
                End(cB0, cB1, c + (11 * step));
        }
        else
        {
            EndFirst(c00, c01, c02, c03, c, last);
            if (TRows.Value > 1)
                EndFirst(c10, c11, c12, c13, c + step, last);
            if (TRows.Value > 2)
                EndFirst(c20, c21, c22, c23, c + (2 * step), last);
            if (TRows.Value > 3)
                EndFirst(c30, c31, c32, c33, c + (3 * step), last);
            if (TRows.Value > 4)
                EndFirst(c40, c41, c42, c43, c + (4 * step), last);
            if (TRows.Value > 5)
                EndFirst(c50, c51, c52, c53, c + (5 * step), last);
            if (TRows.Value > 6)
                EndFirst(c60, c61, c62, c63, c + (6 * step), last);
            if (TRows.Value > 7)
                EndFirst(c70, c71, c72, c73, c + (7 * step), last);
            if (TRows.Value > 8)
                EndFirst(c80, c81, c + (8 * step), last);
            if (TRows.Value > 9)
                EndFirst(c90, c91, c + (9 * step), last);
            if (TRows.Value > 10)
                EndFirst(cA0, cA1, c + (10 * step), last);
            if (TRows.Value > 11)
                EndFirst(cB0, cB1, c + (11 * step), last);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Begin(ref TVector c0, ref TVector c1, ref TVector c2, ref TVector c3, byte* start)
    {
        c0 = TLanes.Load((float*)start);
        if (TColumns.Value > 1)
            c1 = TLanes.Load((float*)start + TLanes.Count);
        if (TColumns.Value > 2)
            c2 = TLanes.Load((float*)start + (2 * TLanes.Count));
        if (TColumns.Value > 3)
            c3 = TLanes.Load((float*)start + (3 * TLanes.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Add(
        ref TVector c0, ref TVector c1, ref TVector c2, ref TVector c3, byte* a, TVector b0, TVector b1, TVector b2, TVector b3)
    {
        var x = TLanes.Create(*(float*)a);
        c0 = TLanes.MultiplyAdd(x, b0, c0);
        if (TColumns.Value > 1)
            c1 = TLanes.MultiplyAdd(x, b1, c1);
        if (TColumns.Value > 2)
            c2 = TLanes.MultiplyAdd(x, b2, c2);
        if (TColumns.Value > 3)
            c3 = TLanes.MultiplyAdd(x, b3, c3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Apply(ref TVector c0, ref TVector c1, ref TVector c2, ref TVector c3, TEpilogue epilogue, nint row, nint column)
    {
        c0 = epilogue.Apply(c0, row, column);
        if (TColumns.Value > 1)
            c1 = epilogue.Apply(c1, row, column + TLanes.Count);
        if (TColumns.Value > 2)
            c2 = epilogue.Apply(c2, row, column + (2 * TLanes.Count));
        if (TColumns.Value > 3)
            c3 = epilogue.Apply(c3, row, column + (3 * TLanes.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void End(TVector c0, TVector c1, TVector c2, TVector c3, byte* c)
    {
        TLanes.Store(c0, (float*)c);
        if (TColumns.Value > 1)
            TLanes.Store(c1, (float*)c + TLanes.Count);
        if (TColumns.Value > 2)
            TLanes.Store(c2, (float*)c + (2 * TLanes.Count));
        if (TColumns.Value > 3)
            TLanes.Store(c3, (float*)c + (3 * TLanes.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void EndFirst(TVector c0, TVector c1, TVector c2, TVector c3, byte* c, int last)
    {
        if (TColumns.Value > 1)
            TLanes.Store(c0, (float*)c);
        if (TColumns.Value > 2)
            TLanes.Store(c1, (float*)c + TLanes.Count);
        if (TColumns.Value > 3)
            TLanes.Store(c2, (float*)c + (2 * TLanes.Count));
        var final = TColumns.Value == 1 ? c0 : TColumns.Value == 2 ? c1 : TColumns.Value == 3 ? c2 : c3;
        TLanes.StoreFirst(final, (float*)c + ((TColumns.Value - 1) * TLanes.Count), last);
    }

    // The rows of a tall tile past the eighth, which has no more than two vectors of columns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Begin(ref TVector c0, ref TVector c1, byte* start)
    {
        c0 = TLanes.Load((float*)start);
        if (TColumns.Value > 1)
            c1 = TLanes.Load((float*)start + TLanes.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Add(ref TVector c0, ref TVector c1, byte* a, TVector b0, TVector b1)
    {
        var x = TLanes.Create(*(float*)a);
        c0 = TLanes.MultiplyAdd(x, b0, c0);
        if (TColumns.Value > 1)
            c1 = TLanes.MultiplyAdd(x, b1, c1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Apply(ref TVector c0, ref TVector c1, TEpilogue epilogue, nint row, nint column)
    {
        c0 = epilogue.Apply(c0, row, column);
        if (TColumns.Value > 1)
            c1 = epilogue.Apply(c1, row, column + TLanes.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void End(TVector c0, TVector c1, byte* c)
    {
        TLanes.Store(c0, (float*)c);
        if (TColumns.Value > 1)
            TLanes.Store(c1, (float*)c + TLanes.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void EndFirst(TVector c0, TVector c1, byte* c, int last)
    {
        if (TColumns.Value > 1)
            TLanes.Store(c0, (float*)c);
        TLanes.StoreFirst(TColumns.Value == 1 ? c0 : c1, (float*)c + ((TColumns.Value - 1) * TLanes.Count), last);
    }
}

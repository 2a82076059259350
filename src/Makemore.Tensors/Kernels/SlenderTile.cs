using System.Runtime.CompilerServices;

namespace Makemore.Tensors.Kernels;

/// <summary>
/// A register tile of sixteen rows and one vector of columns: the head of an attention. Half as many rows would be over before their sums,
/// each waiting for its last product, had kept the processor busy.
/// </summary>
/// <typeparam name="TLanes">The operations of the width.</typeparam>
/// <typeparam name="TVector">The vectors of the width.</typeparam>
/// <typeparam name="TEpilogue">What is done to each sum before it is stored.</typeparam>
static unsafe class SlenderTile<TLanes, TVector, TEpilogue>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
    where TEpilogue : struct, IEpilogue<TVector>
{
    /// <summary>The rows.</summary>
    public const int Rows = 16;

    /// <summary>c = start + Σₖ a·b over the tile; the parameters are those of <see cref="Tile{TLanes, TVector, TRows, TColumns, TEpilogue}"/>, the column is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(byte* a, byte* b, byte* c, byte* start, Strides* strides, nint depth, int last, TEpilogue epilogue, nint rowIndex)
    {
        TVector c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
        TVector c8 = default, c9 = default, cA = default, cB = default, cC = default, cD = default, cE = default, cF = default;
        if (start != null)
        {
            Begin(ref c0, ref c1, ref c2, ref c3, start, strides->StartRow);
            Begin(ref c4, ref c5, ref c6, ref c7, start + (4 * strides->StartRow), strides->StartRow);
            Begin(ref c8, ref c9, ref cA, ref cB, start + (8 * strides->StartRow), strides->StartRow);
            Begin(ref cC, ref cD, ref cE, ref cF, start + (12 * strides->StartRow), strides->StartRow);
        }

        // Four pointers: multiples of the row up to the fifteenth would not fit the registers.
        var row = strides->ARow;
        var row3 = 3 * row;
        var a4 = a + (4 * row);
        var a8 = a + (8 * row);
        var aC = a + (12 * row);
        var (aDepth, bDepth) = (strides->ADepth, strides->BDepth);
        for (; depth > 0; depth--)
        {
            var right = TLanes.Load((float*)b);
            Add(ref c0, ref c1, ref c2, ref c3, a, row, row3, right);
            Add(ref c4, ref c5, ref c6, ref c7, a4, row, row3, right);
            Add(ref c8, ref c9, ref cA, ref cB, a8, row, row3, right);
            Add(ref cC, ref cD, ref cE, ref cF, aC, row, row3, right);
            a += aDepth;
            a4 += aDepth;
            a8 += aDepth;
            aC += aDepth;
            b += bDepth;
        }

        Apply(ref c0, ref c1, ref c2, ref c3, epilogue, rowIndex);
        Apply(ref c4, ref c5, ref c6, ref c7, epilogue, rowIndex + 4);
        Apply(ref c8, ref c9, ref cA, ref cB, epilogue, rowIndex + 8);
        Apply(ref cC, ref cD, ref cE, ref cF, epilogue, rowIndex + 12);
        End(c0, c1, c2, c3, c, strides->CRow, last);
        End(c4, c5, c6, c7, c + (4 * strides->CRow), strides->CRow, last);
        End(c8, c9, cA, cB, c + (8 * strides->CRow), strides->CRow, last);
        End(cC, cD, cE, cF, c + (12 * strides->CRow), strides->CRow, last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Begin(ref TVector c0, ref TVector c1, ref TVector c2, ref TVector c3, byte* start, nint row)
    {
        c0 = TLanes.Load((float*)start);
        c1 = TLanes.Load((float*)(start + row));
        c2 = TLanes.Load((float*)(start + (2 * row)));
        c3 = TLanes.Load((float*)(start + (3 * row)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Add(ref TVector c0, ref TVector c1, ref TVector c2, ref TVector c3, byte* a, nint row, nint row3, TVector right)
    {
        c0 = TLanes.MultiplyAdd(TLanes.Create(*(float*)a), right, c0);
        c1 = TLanes.MultiplyAdd(TLanes.Create(*(float*)(a + row)), right, c1);
        c2 = TLanes.MultiplyAdd(TLanes.Create(*(float*)(a + (2 * row))), right, c2);
        c3 = TLanes.MultiplyAdd(TLanes.Create(*(float*)(a + row3)), right, c3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Apply(ref TVector c0, ref TVector c1, ref TVector c2, ref TVector c3, TEpilogue epilogue, nint row)
    {
        c0 = epilogue.Apply(c0, row, 0);
        c1 = epilogue.Apply(c1, row + 1, 0);
        c2 = epilogue.Apply(c2, row + 2, 0);
        c3 = epilogue.Apply(c3, row + 3, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void End(TVector c0, TVector c1, TVector c2, TVector c3, byte* c, nint row, int last)
    {
        if (last == TLanes.Count)
        {
            TLanes.Store(c0, (float*)c);
            TLanes.Store(c1, (float*)(c + row));
            TLanes.Store(c2, (float*)(c + (2 * row)));
            TLanes.Store(c3, (float*)(c + (3 * row)));
            return;
        }

        TLanes.StoreFirst(c0, (float*)c, last);
        TLanes.StoreFirst(c1, (float*)(c + row), last);
        TLanes.StoreFirst(c2, (float*)(c + (2 * row)), last);
        TLanes.StoreFirst(c3, (float*)(c + (3 * row)), last);
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Makemore.Tensors.Kernels;

/// <summary>Up to four rows and four columns of inner products, the lanes of each sum in a register from the first products to the last.</summary>
/// <typeparam name="TLanes">The operations of the width.</typeparam>
/// <typeparam name="TVector">The vectors of the width.</typeparam>
/// <typeparam name="TRows">The rows, <see cref="Extent.One"/> or <see cref="Extent.Four"/>.</typeparam>
/// <typeparam name="TColumns">The columns, an <see cref="Extent"/> of 1 to 4.</typeparam>
static unsafe class InnerTile<TLanes, TVector, TRows, TColumns>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
    where TRows : unmanaged
    where TColumns : unmanaged
{
    /// <summary>c = start + a·bᵀ over one tile; the parameters are those of <see cref="InnerProduct.Multiply"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(nint depth, float* a, nint aRow, float* b, nint bColumn, float* c, nint cRow, float* start, nint startRow)
    {
        Row c0 = default, c1 = default, c2 = default, c3 = default;
        for (var vectors = depth / TLanes.Count; vectors > 0; vectors--)
        {
            Add(ref c0, ref c1, ref c2, ref c3, a, aRow, b, bColumn, 0);
            a += TLanes.Count;
            b += TLanes.Count;
        }

        var last = (int)(depth % TLanes.Count);
        if (last > 0)
            Add(ref c0, ref c1, ref c2, ref c3, a, aRow, b, bColumn, last);

        End(c0, c, start);
        if (sizeof(TRows) > 1)
        {
            End(c1, c + cRow, start == null ? null : start + startRow);
            End(c2, c + (2 * cRow), start == null ? null : start + (2 * startRow));
            End(c3, c + (3 * cRow), start == null ? null : start + (3 * startRow));
        }
    }

    // The products of one vector more of the depth, or of the last numbers where they are fewer; 0 for a whole vector.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Add(ref Row c0, ref Row c1, ref Row c2, ref Row c3, float* a, nint aRow, float* b, nint bColumn, int last)
    {
        Row right = default;
        right.V0 = Load(b, last);
        if (sizeof(TColumns) > 1)
            right.V1 = Load(b + bColumn, last);
        if (sizeof(TColumns) > 2)
            right.V2 = Load(b + (2 * bColumn), last);
        if (sizeof(TColumns) > 3)
            right.V3 = Load(b + (3 * bColumn), last);
        Add(ref c0, Load(a, last), right);
        if (sizeof(TRows) > 1)
        {
            Add(ref c1, Load(a + aRow, last), right);
            Add(ref c2, Load(a + (2 * aRow), last), right);
            Add(ref c3, Load(a + (3 * aRow), last), right);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TVector Load(float* source, int last) => last == 0 ? TLanes.Load(source) : TLanes.LoadFirst(source, last);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Add(ref Row c, TVector left, Row right)
    {
        c.V0 = TLanes.MultiplyAdd(left, right.V0, c.V0);
        if (sizeof(TColumns) > 1)
            c.V1 = TLanes.MultiplyAdd(left, right.V1, c.V1);
        if (sizeof(TColumns) > 2)
            c.V2 = TLanes.MultiplyAdd(left, right.V2, c.V2);
        if (sizeof(TColumns) > 3)
            c.V3 = TLanes.MultiplyAdd(left, right.V3, c.V3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void End(Row c, float* target, float* start)
    {
        var sums = TLanes.Sums(c.V0, c.V1, c.V2, c.V3);
        if (start != null)
            sums += Vector128.Load(start);
        if (sizeof(TColumns) == 4)
        {
            sums.Store(target);
            return;
        }

        // A masked store would be twenty instructions on some processors.
        if (sizeof(TColumns) == 1)
            *target = sums.ToScalar();
        else
            sums.GetLower().Store(target);
        if (sizeof(TColumns) == 3)
            target[2] = sums.GetUpper().ToScalar();
    }

    struct Row
    {
        public TVector V0, V1, V2, V3;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Makemore.Tensors.Kernels;

/// <summary>The matrix product by a transposed matrix, c = a·bᵀ: each element is the inner product of a row of a and a row of b.</summary>
/// <remarks>
/// Vectors lie along the depth, so that b needs no transposed copy; at the end the lanes of each sum are added up, which pays where sums are long
/// and few. An element's bits do not depend on what is around it.
/// </remarks>
public static unsafe class InnerProduct
{
    /// <summary>c[m, n] = start[m, n] + Σₖ a[m, k] · b[n, k], with the depth contiguous in a and b, and columns in c and start.</summary>
    /// <param name="rows">Rows m of a, c and start.</param>
    /// <param name="columns">Rows n of b, columns of c and start.</param>
    /// <param name="depth">The number of products in each sum; none leaves the start.</param>
    /// <param name="a">The left factor: element m, k is <c>a[m * aRow + k]</c>; nothing else is read.</param>
    /// <param name="aRow">The step from one row of a to the next, in elements.</param>
    /// <param name="b">The right factor: element k, n is <c>b[n * bColumn + k]</c>; nothing else is read.</param>
    /// <param name="bColumn">The step from one column of c to the next in b, in elements.</param>
    /// <param name="c">The result: element m, n is <c>c[m * cRow + n]</c>. Overlaps neither a nor b; nothing else is written.</param>
    /// <param name="cRow">The step from one row of c to the next, in elements.</param>
    /// <param name="start">
    /// What is added to the sums, element m, n being <c>start[m * startRow + n]</c>: null for zero, c itself to accumulate, or a residual.
    /// Readable up to 64 bytes past its last element.
    /// </param>
    /// <param name="startRow">The step from one row of start to the next, in elements; 0 gives every row the same bias.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        nint rows, nint columns, nint depth, float* a, nint aRow, float* b, nint bColumn, float* c, nint cRow, float* start, nint startRow)
    {
        if (Lanes512.IsSupported)
            Tiles<Lanes512, Vector512<float>>(rows, columns, depth, a, aRow, b, bColumn, c, cRow, start, startRow);
        else if (Lanes256.IsSupported)
            Tiles<Lanes256, Vector256<float>>(rows, columns, depth, a, aRow, b, bColumn, c, cRow, start, startRow);
        else
            Tiles<Lanes128, Vector128<float>>(rows, columns, depth, a, aRow, b, bColumn, c, cRow, start, startRow);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Tiles<TLanes, TVector>(
        nint rows, nint columns, nint depth, float* a, nint aRow, float* b, nint bColumn, float* c, nint cRow, float* start, nint startRow)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        while (rows > 0)
        {
            var height = rows >= 4 ? 4 : 1;
            if (height == 4)
                Columns<TLanes, TVector, Extent.Four>(columns, depth, a, aRow, b, bColumn, c, cRow, start, startRow);
            else
                Columns<TLanes, TVector, Extent.One>(columns, depth, a, aRow, b, bColumn, c, cRow, start, startRow);
            rows -= height;
            a += height * aRow;
            c += height * cRow;
            start = start == null ? null : start + (height * startRow);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Columns<TLanes, TVector, TRows>(nint columns, nint depth, float* a, nint aRow, float* b, nint bColumn, float* c, nint cRow, float* start, nint startRow)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TRows : unmanaged
    {
        var widest = Product.HasManyRegisters<TLanes, TVector>() ? 4 : 2;
        while (columns > 0)
        {
            var width = Math.Min(columns, widest);
            if (width == 4)
                InnerTile<TLanes, TVector, TRows, Extent.Four>.Multiply(depth, a, aRow, b, bColumn, c, cRow, start, startRow);
            else if (width == 3)
                InnerTile<TLanes, TVector, TRows, Extent.Three>.Multiply(depth, a, aRow, b, bColumn, c, cRow, start, startRow);
            else if (width == 2)
                InnerTile<TLanes, TVector, TRows, Extent.Two>.Multiply(depth, a, aRow, b, bColumn, c, cRow, start, startRow);
            else
                InnerTile<TLanes, TVector, TRows, Extent.One>.Multiply(depth, a, aRow, b, bColumn, c, cRow, start, startRow);
            columns -= width;
            b += width * bColumn;
            c += width;
            start = start == null ? null : start + width;
        }
    }
}

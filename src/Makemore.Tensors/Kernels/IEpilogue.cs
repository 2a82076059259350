using System.Runtime.CompilerServices;

namespace Makemore.Tensors.Kernels;

/// <summary>What a matrix product does to its sums while they are in registers, before it stores them.</summary>
/// <typeparam name="TVector">The vectors of the width.</typeparam>
public interface IEpilogue<TVector>
    where TVector : struct
{
    /// <summary>What is stored.</summary>
    /// <param name="sum">The finished sums of one row and as many columns as a vector has lanes.</param>
    /// <param name="row">Their row in the result.</param>
    /// <param name="column">The first one's column. Lanes past the last column are computed and not stored.</param>
    TVector Apply(TVector sum, nint row, nint column);
}

/// <summary>Stores the sums as they are.</summary>
readonly struct NoEpilogue<TVector> : IEpilogue<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply(TVector sum, nint row, nint column) => sum;
}

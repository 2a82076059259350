using System.Runtime.CompilerServices;

namespace Makemore.Tensors.Kernels;

/// <summary>How threads share pieces: neighbours each, as equal in number as can be.</summary>
public static class Share
{
    /// <summary>The first piece of a part; that of the part behind the last is where the pieces end.</summary>
    /// <param name="pieces">All pieces.</param>
    /// <param name="part">Which part, from 0.</param>
    /// <param name="parts">How many parts.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Begin(int pieces, int part, int parts) => (nint)((long)pieces * part / parts);
}

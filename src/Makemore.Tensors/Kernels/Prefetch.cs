using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Makemore.Tensors.Kernels;

/// <summary>Asks for memory before it is needed.</summary>
public static unsafe class Prefetch
{
    /// <summary>Has the cache line at an address fetched, without waiting for it; nothing happens where the processor offers no way.</summary>
    /// <param name="address">Any address; one that cannot be read is ignored.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line(void* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }
}

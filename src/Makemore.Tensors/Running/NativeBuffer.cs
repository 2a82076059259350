using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Makemore.Tensors.Running;

/// <summary>Memory outside the garbage collector's reach, aligned to a cache line, zero at first, readable for a vector past its end.</summary>
sealed unsafe class NativeBuffer : SafeHandleZeroOrMinusOneIsInvalid
{
    const int Alignment = 64;

    /// <summary>A buffer of that many bytes.</summary>
    public NativeBuffer(int bytes)
        : base(ownsHandle: true)
    {
        Bytes = bytes;
        var size = (nuint)bytes + (2 * Alignment);
        SetHandle((nint)NativeMemory.AlignedAlloc(size, Alignment));
        NativeMemory.Clear(Address, size);
    }

    /// <summary>The usable length.</summary>
    public int Bytes { get; }

    /// <summary>The first byte.</summary>
    public byte* Address => (byte*)handle;

    /// <summary>The memory as elements of 4 bytes.</summary>
    public Span<T> As<T>()
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return new Span<T>(Address, Bytes / sizeof(T));
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree(Address);
        return true;
    }
}

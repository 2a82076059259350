using System.Runtime.InteropServices;

namespace Makemore.Tensors.Kernels;

/// <summary>
/// The numbers that a <see cref="Tile{TLanes, TVector, TRows, TColumns, TEpilogue}"/> counts rows and vectors with, as types: each has the size of
/// its number.
/// </summary>
/// <remarks>
/// A method generic over them is compiled for each. <c>sizeof</c> is a constant before anything else is looked at, so that what a small tile does
/// not need costs the compiler nothing; with a property every tile took as long to compile as three do.
/// </remarks>
static class Extent
{
    [StructLayout(LayoutKind.Sequential, Size = 1)]
    public readonly struct One;

    [StructLayout(LayoutKind.Sequential, Size = 2)]
    public readonly struct Two;

    [StructLayout(LayoutKind.Sequential, Size = 3)]
    public readonly struct Three;

    [StructLayout(LayoutKind.Sequential, Size = 4)]
    public readonly struct Four;

    [StructLayout(LayoutKind.Sequential, Size = 5)]
    public readonly struct Five;

    [StructLayout(LayoutKind.Sequential, Size = 6)]
    public readonly struct Six;

    [StructLayout(LayoutKind.Sequential, Size = 7)]
    public readonly struct Seven;

    [StructLayout(LayoutKind.Sequential, Size = 8)]
    public readonly struct Eight;

    [StructLayout(LayoutKind.Sequential, Size = 9)]
    public readonly struct Nine;

    [StructLayout(LayoutKind.Sequential, Size = 10)]
    public readonly struct Ten;

    [StructLayout(LayoutKind.Sequential, Size = 11)]
    public readonly struct Eleven;

    [StructLayout(LayoutKind.Sequential, Size = 12)]
    public readonly struct Twelve;
}

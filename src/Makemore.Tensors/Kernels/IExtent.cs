namespace Makemore.Tensors.Kernels;

/// <summary>A number as a type: a method generic over it is compiled for that number, and what it does not need vanishes.</summary>
interface IExtent
{
    /// <summary>The number.</summary>
    static abstract int Value { get; }
}

using Makemore.Tensors.Kernels;

namespace Makemore.Tensors.Backends.CSharp;

/// <summary>The vectors that C# is written for.</summary>
/// <param name="Vector">The runtime's static class of that width: <c>Vector512</c>.</param>
/// <param name="Lanes">How many floats one holds.</param>
public sealed record Target(string Vector, int Lanes)
{
    /// <summary>The widest vectors that this processor has.</summary>
    public static Target Host { get; } = Lanes512.IsSupported ? new("Vector512", 16) : Lanes256.IsSupported ? new("Vector256", 8) : new("Vector128", 4);

    /// <summary>Whether there are 32 registers: machines have as many of the widest vectors, and of narrower ones code can count on 16.</summary>
    public bool HasManyRegisters => Lanes >= 16;

    /// <summary>The kernels of that width: <c>Lanes512</c>.</summary>
    public string Kernels => Vector.Replace("Vector", "Lanes");
}

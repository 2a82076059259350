using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Makemore.Tensors.Kernels;

public static partial class VectorMath
{
    /// <summary>The hyperbolic tangent to within 3e-7 of its value, odd, never beyond ±1, and x itself for tiny x.</summary>
    /// <param name="x">Any values; what is not a number stays so.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x) => Tanh<Lanes512, Vector512<float>>(x);

    /// <inheritdoc cref="Tanh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x) => Tanh<Lanes256, Vector256<float>>(x);

    /// <inheritdoc cref="Tanh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Tanh(Vector128<float> x) => Tanh<Lanes128, Vector128<float>>(x);

    /// <inheritdoc cref="Tanh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Tanh(float x) => Tanh(Vector128.CreateScalar(x)).ToScalar();

    // tanh x = x·p(x²)/q(x²), the rational function of least relative error up to where tanh rounds to 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TVector Tanh<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        x = TLanes.Min(TLanes.Create(8.6f), TLanes.Max(TLanes.Create(-8.6f), x));
        var u = TLanes.Multiply(x, x);

        var p = TLanes.MultiplyAdd(TLanes.Create(1.4146698e-08f), u, TLanes.Create(2.11715833e-05f));
        p = TLanes.MultiplyAdd(p, u, TLanes.Create(0.00352952816f));
        p = TLanes.MultiplyAdd(p, u, TLanes.Create(0.134095579f));
        p = TLanes.MultiplyAdd(p, u, TLanes.Create(1f));

        var q = TLanes.MultiplyAdd(TLanes.Create(8.09774349e-07f), u, TLanes.Create(0.000334128476f));
        q = TLanes.MultiplyAdd(q, u, TLanes.Create(0.026005948f));
        q = TLanes.MultiplyAdd(q, u, TLanes.Create(0.467428833f));
        q = TLanes.MultiplyAdd(q, u, TLanes.Create(1f));
        return TLanes.Quotient(TLanes.Multiply(x, p), q);
    }
}

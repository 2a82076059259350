using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Makemore.Tensors.Kernels;

public static partial class VectorMath
{
    /// <summary>
    /// The hyperbolic tangent to within 3e-7 of its value (4e-7 without fused multiplication), odd, never beyond ±1, x itself for tiny x,
    /// and monotone but for that error.
    /// </summary>
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

    // tanh x = x·p(x²)/q(x²), a minimax rational function up to √67.24 = 8.2, where the last bits of the coefficients were chosen
    // by the error of the whole computation. Beyond, the quotient stays and x carries the product past ±1, where it is cut off.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TVector Tanh<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var u = TLanes.Min(TLanes.Create(67.24f), TLanes.Multiply(x, x));

        var p = TLanes.MultiplyAdd(TLanes.Create(1.4903367e-08f), u, TLanes.Create(2.1683309e-05f));
        p = TLanes.MultiplyAdd(p, u, TLanes.Create(0.0035595347f));
        p = TLanes.MultiplyAdd(p, u, TLanes.Create(0.13434546f));
        p = TLanes.MultiplyAdd(p, u, TLanes.Create(1f));

        var q = TLanes.MultiplyAdd(TLanes.Create(8.396484e-07f), u, TLanes.Create(0.000339106f));
        q = TLanes.MultiplyAdd(q, u, TLanes.Create(0.026119202f));
        q = TLanes.MultiplyAdd(q, u, TLanes.Create(0.46767876f));
        q = TLanes.MultiplyAdd(q, u, TLanes.Create(1f));

        var result = TLanes.Multiply(x, TLanes.Quotient(p, q));
        return TLanes.Min(TLanes.Create(1f), TLanes.Max(TLanes.Create(-1f), result));
    }
}

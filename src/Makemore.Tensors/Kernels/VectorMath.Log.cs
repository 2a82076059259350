using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Makemore.Tensors.Kernels;

public static partial class VectorMath
{
    /// <summary>The natural logarithm to within 1e-7 of its value, monotone, denormal arguments included; −∞ at 0.</summary>
    /// <param name="x">Any values; below 0 the result is not a number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x) => Log<Lanes512, Vector512<float>>(x);

    /// <inheritdoc cref="Log(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log(Vector256<float> x) => Log<Lanes256, Vector256<float>>(x);

    /// <inheritdoc cref="Log(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Log(Vector128<float> x) => Log<Lanes128, Vector128<float>>(x);

    /// <inheritdoc cref="Log(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log(float x) => Log(Vector128.CreateScalar(x)).ToScalar();

    // log x = e·ln 2 + log(1 + f) with √½ ≤ 1 + f < √2, and log(1 + f) = f − ½f² + f³·p(f) with p a minimax polynomial.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TVector Log<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        // A denormal has no exponent to take apart until 2²³ makes it normal. What is subtracted from the exponent is selected, not one
        // of two exponents: measured on AVX-512, that makes the whole function three times as fast.
        var denormal = TLanes.LessThan(x, TLanes.Create(1.17549435e-38f));
        var normal = TLanes.Select(denormal, TLanes.Multiply(x, TLanes.Create(8388608f)), x);
        var e = TLanes.Subtract(TLanes.Exponent(normal), TLanes.Select(denormal, TLanes.Create(23f), TLanes.Create(0f)));
        var f = TLanes.Subtract(TLanes.Significand(normal), TLanes.Create(1f));

        var p = TLanes.MultiplyAdd(TLanes.Create(-0.0763451904f), f, TLanes.Create(0.127619639f));
        p = TLanes.MultiplyAdd(p, f, TLanes.Create(-0.131603539f));
        p = TLanes.MultiplyAdd(p, f, TLanes.Create(0.142017186f));
        p = TLanes.MultiplyAdd(p, f, TLanes.Create(-0.166233376f));
        p = TLanes.MultiplyAdd(p, f, TLanes.Create(0.200012282f));
        p = TLanes.MultiplyAdd(p, f, TLanes.Create(-0.250008225f));
        p = TLanes.MultiplyAdd(p, f, TLanes.Create(0.333333313f));
        p = TLanes.MultiplyAdd(p, f, TLanes.Create(-0.5f));

        // ln 2 in two parts, e times the first exact; the small terms are summed before they meet the large ones.
        var small = TLanes.MultiplyAdd(e, TLanes.Create(-2.12194440e-4f), TLanes.Multiply(TLanes.Multiply(f, f), p));
        var result = TLanes.MultiplyAdd(e, TLanes.Create(0.693359375f), TLanes.Add(f, small));

        // What is neither positive nor finite: x itself for +∞ and for what is not a number, −∞ at zero.
        result = TLanes.Select(TLanes.LessThan(x, TLanes.Create(float.PositiveInfinity)), result, x);
        result = TLanes.Select(TLanes.LessThan(x, TLanes.Create(0f)), TLanes.Create(float.NaN), result);
        return TLanes.Select(TLanes.Equal(x, TLanes.Create(0f)), TLanes.Create(float.NegativeInfinity), result);
    }
}

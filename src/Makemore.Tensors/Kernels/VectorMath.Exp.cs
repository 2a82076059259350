using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Makemore.Tensors.Kernels;

/// <summary>
/// Scalar functions of vectors, small enough to be inlined into generated loops, over the whole range of float.
/// One formulation serves every width; a float is the first lane of a vector of four.
/// </summary>
public static partial class VectorMath
{
    /// <summary>eˣ to within 1e-7 of its value, monotone; 0 below −103.97, +∞ above 88.72, denormal results included.</summary>
    /// <param name="x">Any values; what is not a number stays so.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        // What would round to 0 is masked instead: no lane of it is computed, whatever n is there.
        var significand = ExpSignificand<Lanes512, Vector512<float>>(Lanes512.Min(Lanes512.Create(89f), x), out var n);
        return Vector512.ConditionalSelect(Avx512F.CompareNotLessThan(x, Lanes512.Create(-104f)), Lanes512.Scale(significand, n), Vector512<float>.Zero);
    }

    /// <inheritdoc cref="Exp(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x) => Exp<Lanes256, Vector256<float>>(x);

    /// <inheritdoc cref="Exp(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Exp(Vector128<float> x) => Exp<Lanes128, Vector128<float>>(x);

    /// <inheritdoc cref="Exp(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp(float x) => Exp(Vector128.CreateScalar(x)).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TVector Exp<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        // Far enough for the result to be 0 or ∞, near enough for n to be a power.
        var clamped = TLanes.Min(TLanes.Create(89f), TLanes.Max(TLanes.Create(-104f), x));
        var significand = ExpSignificand<TLanes, TVector>(clamped, out var n);

        // Rounding to a denormal takes processors a hundred times as long as all the rest, and e to the −∞ of a mask is common.
        return TLanes.Scale(TLanes.Select(TLanes.LessThan(x, TLanes.Create(-104f)), TLanes.Create(0f), significand), n);
    }

    // eˣ = 2ⁿ·eʳ with n whole and |r| ≤ ½·ln 2 (Cody and Waite: n·ln 2 in two parts, the first exact), and eʳ a minimax polynomial.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TVector ExpSignificand<TLanes, TVector>(TVector x, out TVector n)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        // 1.5·2²³ has no fraction bits, so adding it rounds to the nearest whole number.
        var shift = TLanes.Create(12582912f);
        n = TLanes.Subtract(TLanes.MultiplyAdd(x, TLanes.Create(1.44269504f), shift), shift);
        var r = TLanes.MultiplyAdd(n, TLanes.Create(-0.693359375f), x);
        r = TLanes.MultiplyAdd(n, TLanes.Create(2.12194440e-4f), r);

        var p = TLanes.MultiplyAdd(TLanes.Create(0.00138145359f), r, TLanes.Create(0.00836874545f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Create(0.0416683927f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Create(0.166665211f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Create(0.49999994f));

        // 1 + (r + r²·p): the small term is rounded before it meets the large one, which keeps the function monotone.
        p = TLanes.MultiplyAdd(TLanes.Multiply(r, r), p, r);
        return TLanes.Add(p, TLanes.Create(1f));
    }
}

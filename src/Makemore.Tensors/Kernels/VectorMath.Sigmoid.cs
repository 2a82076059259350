using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Makemore.Tensors.Kernels;

public static partial class VectorMath
{
    /// <summary>The logistic function 1/(1 + e⁻ˣ) to within 3e-7 of its value, monotone, denormal results included; 0 below −103.97.</summary>
    /// <param name="x">Any values; what is not a number stays so.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => Sigmoid<Lanes512, Vector512<float>>(x);

    /// <inheritdoc cref="Sigmoid(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x) => Sigmoid<Lanes256, Vector256<float>>(x);

    /// <inheritdoc cref="Sigmoid(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sigmoid(Vector128<float> x) => Sigmoid<Lanes128, Vector128<float>>(x);

    /// <inheritdoc cref="Sigmoid(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sigmoid(float x) => Sigmoid(Vector128.CreateScalar(x)).ToScalar();

    // 2⁻³²/(2⁻³² + 2⁻³²·e⁻ˣ): the sum overflows for no x, and rounds as 1 + e⁻ˣ does. Each step is monotone where the division rounds correctly.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TVector Sigmoid<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        // Far enough for the result to be 0 or 1.
        x = TLanes.Min(TLanes.Create(104f), TLanes.Max(TLanes.Create(-104f), TLanes.Subtract(TLanes.Create(0f), x)));
        var significand = ExpSignificand<TLanes, TVector>(x, out var n);
        var one = TLanes.Create(2.3283064e-10f);
        return TLanes.Divide(one, TLanes.Add(one, TLanes.Scale(significand, TLanes.Subtract(n, TLanes.Create(32f)))));
    }
}

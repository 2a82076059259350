using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Makemore.Tensors.Kernels;

/// <summary>One number from the lanes of a vector: by halves, so that the order is the same wherever the width is.</summary>
public static class Horizontal
{
    /// <summary>The sum of the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> lanes) => Sum(lanes.GetLower() + lanes.GetUpper());

    /// <summary>The sum of the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector256<float> lanes) => Sum(lanes.GetLower() + lanes.GetUpper());

    /// <summary>The sum of the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector128<float> lanes)
    {
        var pairs = lanes + Vector128.Shuffle(lanes, Vector128.Create(2, 3, 0, 1));
        return pairs.GetElement(0) + pairs.GetElement(1);
    }

    /// <summary>The largest of the lanes; NaN where one is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Maximum(Vector512<float> lanes) =>
        Vector512.EqualsAll(lanes, lanes) ? MaximumOfNumbers(Vector256.MaxNative(lanes.GetLower(), lanes.GetUpper())) : float.NaN;

    /// <summary>The largest of the lanes; NaN where one is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Maximum(Vector256<float> lanes) => Vector256.EqualsAll(lanes, lanes) ? MaximumOfNumbers(lanes) : float.NaN;

    /// <summary>The largest of the lanes; NaN where one is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Maximum(Vector128<float> lanes) => Vector128.EqualsAll(lanes, lanes) ? MaximumOfNumbers(lanes) : float.NaN;

    // The processor's own maximum is one instruction, and forgets a NaN; a maximum that does not costs three a step.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float MaximumOfNumbers(Vector256<float> lanes) => MaximumOfNumbers(Vector128.MaxNative(lanes.GetLower(), lanes.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float MaximumOfNumbers(Vector128<float> lanes)
    {
        var pairs = Vector128.MaxNative(lanes, Vector128.Shuffle(lanes, Vector128.Create(2, 3, 0, 1)));
        return Vector128.MaxNative(pairs, Vector128.Shuffle(pairs, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }
}

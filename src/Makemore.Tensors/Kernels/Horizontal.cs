using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Makemore.Tensors.Kernels;

/// <summary>One number from the lanes of a vector: by halves, so that the order is the same wherever the width is.</summary>
public static class Horizontal
{
    /// <summary>The sum of the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> lanes) => Sum(lanes.GetUpper() + lanes.GetLower());

    /// <summary>The sums of the lanes of two vectors, the same bits as one by one; they share most of what is to be done.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (float First, float Second) Sum(Vector512<float> first, Vector512<float> second)
    {
        var halves = Halves<Adding>(first, second);
        var quarters = Avx512F.Shuffle4x128(halves, halves, 0b10_11_00_01) + halves;
        var pairs = Avx512F.Permute4x32(quarters, 0b01_00_11_10) + quarters;
        var sums = Avx512F.Permute4x32(pairs, 0b10_11_00_01) + pairs;
        return (sums.ToScalar(), sums.GetUpper().ToScalar());
    }

    /// <summary>The sums of the lanes of four vectors, the same bits as one by one; they share most of what is to be done.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (float First, float Second, float Third, float Fourth) Sum(
        Vector512<float> first, Vector512<float> second, Vector512<float> third, Vector512<float> fourth) => Four<Adding>(first, second, third, fourth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (float First, float Second, float Third, float Fourth) Four<TCombination>(
        Vector512<float> first, Vector512<float> second, Vector512<float> third, Vector512<float> fourth)
        where TCombination : struct, ICombination
    {
        // From the quarters on each vector has one.
        var (halves, others) = (Halves<TCombination>(first, second), Halves<TCombination>(third, fourth));
        var quarters = TCombination.Of(Avx512F.Shuffle4x128(halves, others, 0b10_00_10_00), Avx512F.Shuffle4x128(halves, others, 0b11_01_11_01));
        var pairs = TCombination.Of(quarters, Avx512F.Permute4x32(quarters, 0b01_00_11_10));
        var ends = TCombination.Of(pairs, Avx512F.Permute4x32(pairs, 0b10_11_00_01));
        return (ends.ToScalar(), ends.GetLower().GetUpper().ToScalar(), ends.GetUpper().ToScalar(), ends.GetUpper().GetUpper().ToScalar());
    }

    // Those of the first in the lower half, and those of the second in the upper.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Halves<TCombination>(Vector512<float> first, Vector512<float> second)
        where TCombination : struct, ICombination =>
        TCombination.Of(Avx512F.Shuffle4x128(first, second, 0b01_00_01_00), Avx512F.Shuffle4x128(first, second, 0b11_10_11_10));

    interface ICombination
    {
        static abstract Vector512<float> Of(Vector512<float> lower, Vector512<float> upper);
    }

    readonly struct Adding : ICombination
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Of(Vector512<float> lower, Vector512<float> upper) => upper + lower;
    }

    // Of 0 and −0 the processor takes the second: what is compared with what, and in which order, is as for one vector.
    readonly struct TakingLarger : ICombination
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Of(Vector512<float> lower, Vector512<float> upper) => Vector512.MaxNative(lower, upper);
    }

    /// <inheritdoc cref="Sum(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (float First, float Second) Sum(Vector256<float> first, Vector256<float> second) => (Sum(first), Sum(second));

    /// <inheritdoc cref="Sum(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (float First, float Second) Sum(Vector128<float> first, Vector128<float> second) => (Sum(first), Sum(second));

    /// <inheritdoc cref="Sum(Vector512{float}, Vector512{float}, Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (float First, float Second, float Third, float Fourth) Sum(
        Vector256<float> first, Vector256<float> second, Vector256<float> third, Vector256<float> fourth) => (Sum(first), Sum(second), Sum(third), Sum(fourth));

    /// <inheritdoc cref="Sum(Vector512{float}, Vector512{float}, Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (float First, float Second, float Third, float Fourth) Sum(
        Vector128<float> first, Vector128<float> second, Vector128<float> third, Vector128<float> fourth) => (Sum(first), Sum(second), Sum(third), Sum(fourth));

    /// <summary>The sum of the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector256<float> lanes) => Sum(lanes.GetUpper() + lanes.GetLower());

    /// <summary>The sum of the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector128<float> lanes)
    {
        var pairs = Vector128.Shuffle(lanes, Vector128.Create(2, 3, 0, 1)) + lanes;
        return pairs.GetElement(1) + pairs.GetElement(0);
    }

    /// <summary>The largest of the lanes; NaN where one is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Maximum(Vector512<float> lanes) =>
        Vector512.EqualsAll(lanes, lanes) ? MaximumOfNumbers(Vector256.MaxNative(lanes.GetLower(), lanes.GetUpper())) : float.NaN;

    /// <summary>The largest of the lanes of four vectors, the same bits as one by one; they share most of what is to be done.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (float First, float Second, float Third, float Fourth) Maximum(
        Vector512<float> first, Vector512<float> second, Vector512<float> third, Vector512<float> fourth)
    {
        if (!(Vector512.EqualsAll(first, first) && Vector512.EqualsAll(second, second) && Vector512.EqualsAll(third, third) && Vector512.EqualsAll(fourth, fourth)))
            return (Maximum(first), Maximum(second), Maximum(third), Maximum(fourth));
        return Four<TakingLarger>(first, second, third, fourth);
    }

    /// <inheritdoc cref="Maximum(Vector512{float}, Vector512{float}, Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (float First, float Second, float Third, float Fourth) Maximum(
        Vector256<float> first, Vector256<float> second, Vector256<float> third, Vector256<float> fourth) => (Maximum(first), Maximum(second), Maximum(third), Maximum(fourth));

    /// <inheritdoc cref="Maximum(Vector512{float}, Vector512{float}, Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (float First, float Second, float Third, float Fourth) Maximum(
        Vector128<float> first, Vector128<float> second, Vector128<float> third, Vector128<float> fourth) => (Maximum(first), Maximum(second), Maximum(third), Maximum(fourth));

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

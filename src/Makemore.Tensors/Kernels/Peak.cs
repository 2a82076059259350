using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Makemore.Tensors.Kernels;

/// <summary>The machine's limit: how many multiplications and additions one core can do, with nothing else in the way.</summary>
public static class Peak
{
    const int Rounds = 4000;
    const int Chains = 12;

    /// <summary>
    /// Measures the rate of multiply-adds in GFLOP/s (10⁹ multiplications and additions a second) at the width that
    /// <see cref="Product"/> uses. The best of <paramref name="trials"/>, each of some ten microseconds.
    /// </summary>
    /// <param name="trials">How often to measure, at least once.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="trials"/> is less than 1.</exception>
    public static double Measure(int trials = 100)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        if (Lanes512.IsSupported)
            return Measure<Lanes512, Vector512<float>>(trials);
        if (Lanes256.IsSupported)
            return Measure<Lanes256, Vector256<float>>(trials);
        return Measure<Lanes128, Vector128<float>>(trials);
    }

    static double Measure<TLanes, TVector>(int trials)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var best = double.PositiveInfinity;
        for (var trial = 0; trial < trials; trial++)
        {
            var began = Stopwatch.GetTimestamp();
            Burn<TLanes, TVector>(TLanes.Create(0.5f), TLanes.Create(0.25f));
            best = Math.Min(best, (Stopwatch.GetTimestamp() - began) / (double)Stopwatch.Frequency);
        }

        return 2.0 * Rounds * Chains * TLanes.Count / best * 1e-9;
    }

    // Twelve sums that do not wait for each other cover four cycles of latency on two ports, and more.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static TVector Burn<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector s0 = x, s1 = x, s2 = x, s3 = x, s4 = x, s5 = x, s6 = x, s7 = x, s8 = x, s9 = x, s10 = x, s11 = x;
        for (var i = 0; i < Rounds; i++)
        {
            s0 = TLanes.MultiplyAdd(x, y, s0);
            s1 = TLanes.MultiplyAdd(x, y, s1);
            s2 = TLanes.MultiplyAdd(x, y, s2);
            s3 = TLanes.MultiplyAdd(x, y, s3);
            s4 = TLanes.MultiplyAdd(x, y, s4);
            s5 = TLanes.MultiplyAdd(x, y, s5);
            s6 = TLanes.MultiplyAdd(x, y, s6);
            s7 = TLanes.MultiplyAdd(x, y, s7);
            s8 = TLanes.MultiplyAdd(x, y, s8);
            s9 = TLanes.MultiplyAdd(x, y, s9);
            s10 = TLanes.MultiplyAdd(x, y, s10);
            s11 = TLanes.MultiplyAdd(x, y, s11);
        }

        var left = TLanes.Add(TLanes.Add(TLanes.Add(s0, s1), TLanes.Add(s2, s3)), TLanes.Add(s4, s5));
        var right = TLanes.Add(TLanes.Add(TLanes.Add(s6, s7), TLanes.Add(s8, s9)), TLanes.Add(s10, s11));
        return TLanes.Add(left, right);
    }
}

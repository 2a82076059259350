using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Makemore.Tensors.Kernels;

namespace Makemore.Benchmarks.Limit;

/// <summary>How long the functions of a vector take, in nanoseconds, one vector after the other in a loop.</summary>
/// <param name="Lanes">The floats of a vector.</param>
/// <param name="Exp">The exponential.</param>
/// <param name="Log">The natural logarithm.</param>
/// <param name="Tanh">The hyperbolic tangent.</param>
sealed record FunctionTimes(int Lanes, double Exp, double Log, double Tanh)
{
    const int Elements = 2048;
    const int Trials = 4000;

    interface IFunction
    {
        static abstract Vector512<float> Apply(Vector512<float> x);

        static abstract Vector256<float> Apply(Vector256<float> x);
    }

    /// <summary>Measures at the width that compiled programs use.</summary>
    public static FunctionTimes Measure() =>
        new(Width, Nanoseconds<ExpFunction>(), Nanoseconds<LogFunction>(), Nanoseconds<TanhFunction>());

    static int Width => Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector256<float>.Count;

    static unsafe double Nanoseconds<TFunction>()
        where TFunction : IFunction
    {
        var x = (float*)NativeMemory.AlignedAlloc(2 * Elements * sizeof(float), 64);
        var y = x + Elements;
        for (var i = 0; i < Elements; i++)
            x[i] = 4f * (i + 1) / Elements;
        var best = double.PositiveInfinity;
        for (var trial = 0; trial < Trials; trial++)
        {
            var began = Stopwatch.GetTimestamp();
            if (Vector512.IsHardwareAccelerated)
                Pass512<TFunction>(x, y);
            else
                Pass256<TFunction>(x, y);
            best = Math.Min(best, ExactTime.Since(began));
        }

        NativeMemory.AlignedFree(x);
        return best * 1e9 / Elements * Width;
    }

    // A method for each width: what one method inlines is limited.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static unsafe void Pass512<TFunction>(float* x, float* y)
        where TFunction : IFunction
    {
        for (var i = 0; i < Elements; i += Vector512<float>.Count)
            TFunction.Apply(Vector512.LoadAligned(x + i)).StoreAligned(y + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static unsafe void Pass256<TFunction>(float* x, float* y)
        where TFunction : IFunction
    {
        for (var i = 0; i < Elements; i += Vector256<float>.Count)
            TFunction.Apply(Vector256.LoadAligned(x + i)).StoreAligned(y + i);
    }

    readonly struct ExpFunction : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Apply(Vector512<float> x) => VectorMath.Exp(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Apply(Vector256<float> x) => VectorMath.Exp(x);
    }

    readonly struct LogFunction : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Apply(Vector512<float> x) => VectorMath.Log(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Apply(Vector256<float> x) => VectorMath.Log(x);
    }

    readonly struct TanhFunction : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Apply(Vector512<float> x) => VectorMath.Tanh(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Apply(Vector256<float> x) => VectorMath.Tanh(x);
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Makemore.Tensors.Kernels;

namespace Makemore.Benchmarks.Limit;

/// <summary>The speed of one product beside the limit of the machine, moment by moment.</summary>
/// <remarks>
/// The processor's clock changes within milliseconds, so that the best of one and the best of the other need not belong together. So
/// the product runs between two bursts of the limit, each of some fifty microseconds and with the best of its short trials, and the
/// median of many ratios counts.
/// </remarks>
/// <param name="shape">The product.</param>
sealed unsafe class ProductMeasurement(ProductShape shape)
{
    const int Pairs = 2000;
    const int Warmup = 2000;
    const int ReadablePastEnd = 16;

    // Some eight microseconds each, of the peak as of the product, unless a product takes longer.
    const int Trials = 6;
    const double FlopsOfTrial = 1.6e6;

    /// <summary>The median share of the limit.</summary>
    public double ShareOfPeak { get; private set; }

    /// <summary>The best speed, in GFLOP/s.</summary>
    public double Best { get; private set; }

    /// <summary>Measures.</summary>
    public ProductMeasurement Run()
    {
        // One block, one after the other, as compiled programs lay them out; at a page's start, so that every run finds the same layout.
        var elements = shape.LeftElements + shape.RightElements + shape.ResultElements + ReadablePastEnd;
        var a = (float*)NativeMemory.AlignedAlloc((nuint)elements * sizeof(float), 4096);
        new Span<float>(a, elements).Fill(0.5f);
        var b = a + shape.LeftElements;
        var c = b + shape.RightElements;
        var repeats = (int)Math.Ceiling(FlopsOfTrial / shape.Flops);
        var trials = (int)Math.Ceiling(Trials * FlopsOfTrial / (repeats * shape.Flops));
        for (var i = 0; i < Warmup; i++)
            Multiply(a, b, c, repeats);
        var ratios = new List<double>(Pairs);
        var before = Peak.Measure(Trials);
        for (var pair = 0; pair < Pairs; pair++)
        {
            var rate = Rate(a, b, c, repeats, trials);
            var after = Peak.Measure(Trials);
            ratios.Add(2 * rate / (before + after));
            Best = Math.Max(Best, rate);
            before = after;
        }

        ratios.Sort();
        ShareOfPeak = ratios[Pairs / 2];
        NativeMemory.AlignedFree(a);
        return this;
    }

    // The best of some trials, in GFLOP/s.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    double Rate(float* a, float* b, float* c, int repeats, int trials)
    {
        var best = double.PositiveInfinity;
        for (var trial = 0; trial < trials; trial++)
        {
            var began = Stopwatch.GetTimestamp();
            Multiply(a, b, c, repeats);
            best = Math.Min(best, ExactTime.Since(began));
        }

        return repeats * shape.Flops / best * 1e-9;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Multiply(float* a, float* b, float* c, int repeats)
    {
        for (var i = 0; i < repeats; i++)
        {
            if (shape.Inner)
                InnerProduct.Multiply(shape.Rows, shape.Columns, shape.Depth, a, shape.LeftRow, b, shape.RightColumn, c, shape.ResultRow, null, 0);
            else
                Product.Multiply(shape.Rows, shape.Columns, shape.Depth, a, shape.LeftRow, shape.LeftDepth, b, shape.RightDepth, c, shape.ResultRow, null, 0);
        }
    }
}

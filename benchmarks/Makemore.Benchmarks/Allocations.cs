namespace Makemore.Benchmarks;

/// <summary>What repeated steps took from the garbage collector's memory.</summary>
/// <param name="BytesPerStep">Bytes allocated by the thread that ran them.</param>
/// <param name="Collections">Collections of any generation meanwhile.</param>
readonly record struct Allocations(double BytesPerStep, int Collections)
{
    /// <summary>What is wrong with them, if anything.</summary>
    public IEnumerable<string> Failures => BytesPerStep > 0 ? [$"a training step allocates {BytesPerStep} bytes; it should allocate none"] : [];

    /// <summary>Measures steps, after some that do not count.</summary>
    public static Allocations Of(Action step, int warmup, int steps)
    {
        for (var i = 0; i < warmup; i++)
            step();
        var collections = GC.CollectionCount(0);
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < steps; i++)
            step();
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return new((double)bytes / steps, GC.CollectionCount(0) - collections);
    }
}

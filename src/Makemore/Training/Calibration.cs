namespace Makemore.Training;

/// <summary>Finds out which of several ways to do the same thing is the fastest here and now, while it is done anyway.</summary>
/// <param name="ways">How many ways there are, from the one that takes least of the machine to the one that takes most.</param>
sealed class Calibration(int ways)
{
    /// <summary>How often each way is tried in a row: the first time, in which caches fill and threads wake, does not count.</summary>
    public const int Block = 9;

    /// <summary>How often each way has its turn.</summary>
    public const int Rounds = 7;

    // Who takes more of the machine has to be faster by so much.
    const double Worthwhile = 0.95;

    readonly long[][] times = [.. Enumerable.Range(0, ways).Select(_ => new long[Rounds])];
    int done;

    /// <summary>Whether every way had its turns.</summary>
    public bool IsDone => done >= ways * Block * Rounds;

    /// <summary>The way whose turn it is; once all had theirs, the one to stay with.</summary>
    public int Way { get; private set; }

    /// <summary>How long <see cref="Way"/> took, by the median of its turns.</summary>
    public long Typical => Median(times[Way]) / (Block - 1);

    /// <summary>Takes in how long <see cref="Way"/> took, and goes on to the next.</summary>
    public void Add(long time)
    {
        if (IsDone)
            return;
        if (done % Block > 0)
            times[Way][done / (ways * Block)] += time;
        done++;
        Way = IsDone ? Fastest() : done / Block % ways;
    }

    /// <summary>Gives every way its turns again: others who use the machine come and go.</summary>
    public void Restart()
    {
        foreach (var way in times)
            Array.Clear(way);
        (done, Way) = (0, 0);
    }

    // By the median: where others use the machine too, the best of all times is not what can be had.
    int Fastest()
    {
        var fastest = 0;
        for (var way = 1; way < ways; way++)
        {
            if (Median(times[way]) < Worthwhile * Median(times[fastest]))
                fastest = way;
        }

        return fastest;
    }

    static long Median(ReadOnlySpan<long> times)
    {
        Span<long> ordered = stackalloc long[Rounds];
        times.CopyTo(ordered);
        ordered.Sort();
        return ordered[Rounds / 2];
    }
}

namespace Makemore.Tensors.Running;

/// <content>Integers and permutations.</content>
public sealed partial class TorchRandom
{
    /// <summary>One integer, as <c>torch.randint(low, high, ())</c> draws it.</summary>
    /// <param name="low">The least value.</param>
    /// <param name="high">One more than the greatest value.</param>
    /// <returns>An integer from <paramref name="low"/> to <paramref name="high"/> − 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="high"/> is not above <paramref name="low"/>.</exception>
    public int RandInt(int low, int high) => (int)RandInt((long)low, high);

    /// <inheritdoc cref="RandInt(int, int)"/>
    /// <remarks>
    /// A range below 2^32 takes one word, a wider one two; the remainder of a division decides, so that wide ranges are very
    /// slightly uneven. (PyTorch 2.7 and later take two words from 2^28 on.)
    /// </remarks>
    public long RandInt(long low, long high) => NextInteger(low, Range(low, high));

    /// <summary>Fills with integers, as <c>torch.randint(low, high, size)</c> does.</summary>
    /// <inheritdoc cref="RandInt(long, long)" path="/remarks"/>
    /// <param name="low">The least value.</param>
    /// <param name="high">One more than the greatest value.</param>
    /// <param name="values">Receives integers from <paramref name="low"/> to <paramref name="high"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="high"/> is not above <paramref name="low"/>.</exception>
    public void RandInt(long low, long high, Span<long> values)
    {
        var range = Range(low, high);
        foreach (ref var value in values)
            value = NextInteger(low, range);
    }

    /// <inheritdoc cref="RandInt(long, long, Span{long})"/>
    public void RandInt(int low, int high, Span<int> values)
    {
        // The remainder without a division: Lemire, Kaser and Kurz, "Faster remainder by direct computation" (2019), exact for 32 bits.
        var range = (uint)Range(low, high);
        var inverse = unchecked((ulong.MaxValue / range) + 1);
        while (!values.IsEmpty)
        {
            var words = engine.Take(values.Length);
            for (var i = 0; i < words.Length; i++)
                values[i] = unchecked(low + (int)Math.BigMul(inverse * words[i], range, out _));
            values = values[words.Length..];
        }
    }

    /// <summary>A random order, as <c>torch.randperm(n)</c> draws it. Takes n − 1 words.</summary>
    /// <param name="n">How many, at least 0.</param>
    /// <returns>The integers 0 to <paramref name="n"/> − 1 in random order.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is negative.</exception>
    public int[] RandPerm(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        var order = new int[n];
        RandPerm(order);
        return order;
    }

    /// <summary>Fills with a random order, as <c>torch.randperm</c> of as many elements does.</summary>
    /// <param name="order">Receives the integers 0 to its length − 1 in random order.</param>
    public void RandPerm(Span<int> order)
    {
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        for (var i = 0; i < order.Length - 1; i++)
        {
            var other = i + (int)(engine.Next() % (uint)(order.Length - i));
            (order[i], order[other]) = (order[other], order[i]);
        }
    }

    static ulong Range(long low, long high)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(high, low);
        return unchecked((ulong)high - (ulong)low);
    }

    long NextInteger(long low, ulong range)
    {
        var offset = range <= uint.MaxValue ? engine.Next() % (uint)range : Random64() % range;
        return unchecked(low + (long)offset);
    }
}

using System.Numerics;

namespace Makemore.Tensors.Running;

/// <summary>
/// Python's <c>random.Random</c>, bit for bit: the lectures shuffle their words with <c>random.seed(42); random.shuffle(words)</c>.
/// </summary>
/// <remarks>
/// Follows CPython 3.2 and later (<c>Lib/random.py</c>, <c>Modules/_randommodule.c</c>). The same seed gives another stream than
/// <see cref="TorchRandom"/>, because Python starts its Mersenne Twister from an array of words.
/// </remarks>
public sealed class PythonRandom
{
    readonly MersenneTwister engine;

    /// <summary>A generator started as <c>random.seed(seed)</c> starts it.</summary>
    /// <param name="seed">Any integer; its sign does not count.</param>
    public PythonRandom(BigInteger seed)
    {
        var magnitude = BigInteger.Abs(seed);
        var key = new uint[Math.Max(1, (magnitude.GetBitLength() + 31) / 32)];
        for (var i = 0; i < key.Length; i++)
            key[i] = (uint)((magnitude >> (32 * i)) & uint.MaxValue);
        engine = new(key);
    }

    /// <summary>Random bits: <c>random.getrandbits(count)</c>.</summary>
    /// <param name="count">How many bits, 0 to 64.</param>
    /// <returns>A number from 0 to 2^<paramref name="count"/> − 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is outside 0 to 64.</exception>
    public ulong GetRandBits(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 64);
        if (count == 0)
            return 0;
        if (count <= 32)
            return engine.Next() >> (32 - count);
        ulong low = engine.Next();
        return low | ((ulong)(engine.Next() >> (64 - count)) << 32);
    }

    /// <summary>An integer below a bound: <c>random.randrange(bound)</c>.</summary>
    /// <param name="bound">The bound, at least 1.</param>
    /// <returns>An integer from 0 to <paramref name="bound"/> − 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is less than 1.</exception>
    public long Below(long bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return (long)Below((ulong)bound);
    }

    /// <summary>An integer: <c>random.randint(least, greatest)</c>, both ends included.</summary>
    /// <param name="least">The least value.</param>
    /// <param name="greatest">The greatest value.</param>
    /// <returns>An integer from <paramref name="least"/> to <paramref name="greatest"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="greatest"/> is below <paramref name="least"/>, or 2^64 − 1 above it.
    /// </exception>
    public long RandInt(long least, long greatest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(greatest, least);
        var bound = unchecked((ulong)greatest - (ulong)least + 1);
        if (bound == 0)
            throw new ArgumentOutOfRangeException(nameof(greatest), greatest, "the range holds more than 2^64 - 1 integers");
        return unchecked(least + (long)Below(bound));
    }

    /// <summary>A uniform number of 53 bits: <c>random.random()</c>.</summary>
    /// <returns>A number at least 0 and less than 1.</returns>
    public double Random()
    {
        double high = engine.Next() >> 5;
        return ((high * (1 << 26)) + (engine.Next() >> 6)) / (1L << 53);
    }

    /// <summary>A uniform number: <c>random.uniform(low, high)</c>.</summary>
    /// <param name="low">One end.</param>
    /// <param name="high">The other end.</param>
    /// <returns>A number between the ends.</returns>
    public double Uniform(double low, double high) => low + ((high - low) * Random());

    /// <summary>Puts items in random order: <c>random.shuffle(items)</c>.</summary>
    /// <typeparam name="T">The kind of the items.</typeparam>
    /// <param name="items">The items, reordered in place.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var other = (int)Below((ulong)i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    ulong Below(ulong bound)
    {
        // The bits of the bound itself, not of bound - 1: a power of two rejects half its draws, as in CPython.
        var bits = 64 - BitOperations.LeadingZeroCount(bound);
        var draw = GetRandBits(bits);
        while (draw >= bound)
            draw = GetRandBits(bits);
        return draw;
    }
}

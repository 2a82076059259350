namespace Makemore.Tensors.Running;

/// <summary>
/// Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"): random numbers without a state. The same key and counter
/// give the same words, in whatever order, on whatever thread they are asked for.
/// </summary>
public static class Philox
{
    const int Rounds = 10;

    // The weights of the mixing, and what the key grows by a round: the golden ratio and √3 − 1, in 32 bits.
    const uint FirstWeight = 0xD2511F53, SecondWeight = 0xCD9E8D57, GoldenRatio = 0x9E3779B9, RootOfThree = 0xBB67AE85;

    /// <summary>Four words for a counter.</summary>
    /// <param name="counter">128 bits, the least first.</param>
    /// <param name="key">64 bits: a seed.</param>
    /// <returns>Words uniform over all of 32 bits.</returns>
    public static (uint First, uint Second, uint Third, uint Fourth) Words((uint First, uint Second, uint Third, uint Fourth) counter, ulong key)
    {
        var (a, b, c, d) = counter;
        var (low, high) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var (first, second) = ((ulong)FirstWeight * a, (ulong)SecondWeight * c);
            (a, b, c, d) = ((uint)(second >> 32) ^ b ^ low, (uint)second, (uint)(first >> 32) ^ d ^ high, (uint)first);
            low += GoldenRatio;
            high += RootOfThree;
        }

        return (a, b, c, d);
    }

    /// <summary>A uniform number of 24 bits, made of a word.</summary>
    /// <returns>A multiple of 2^−24, at least 0 and less than 1.</returns>
    public static float Uniform(uint word) => (word >> 8) * (1f / (1 << 24));
}

using System.Numerics;
using System.Runtime.InteropServices;

namespace Makemore.Tensors.Running;

/// <summary>
/// MT19937, the generator beneath both PyTorch's CPU generator and Python's <c>random</c>: 32-bit words with a period of 2^19937 − 1.
/// </summary>
/// <remarks>
/// Source: M. Matsumoto and T. Nishimura, "Mersenne Twister: a 623-dimensionally equidistributed uniform pseudo-random number
/// generator", ACM TOMACS 8(1), 1998, with the initialisers of their 2002 revision. Words are made 624 at a time, with the widest
/// vectors of the machine; no member but the constructors and <see cref="Clone"/> allocates. Not for secrets, and not thread-safe.
/// </remarks>
public sealed class MersenneTwister
{
    /// <summary>The number of words of state, and of words made at a time.</summary>
    public const int StateLength = 624;

    const int Middle = 397;
    const uint TwistMatrix = 0x9908B0DF;
    const uint UpperBit = 0x80000000;
    const uint LowerBits = 0x7FFFFFFF;

    readonly uint[] state = new uint[StateLength];
    readonly uint[] output = new uint[StateLength];

    /// <summary>A generator started from one number; see <see cref="Seed(uint)"/>.</summary>
    /// <param name="seed">The seed.</param>
    public MersenneTwister(uint seed) => Seed(seed);

    /// <summary>A generator started from several numbers; see <see cref="Seed(ReadOnlySpan{uint})"/>.</summary>
    /// <param name="key">The seed, at least one word.</param>
    /// <exception cref="ArgumentException"><paramref name="key"/> is empty.</exception>
    public MersenneTwister(ReadOnlySpan<uint> key) => Seed(key);

    /// <summary>How many of the current 624 words have been taken: 0 to 624.</summary>
    public int Position { get; private set; }

    /// <summary>Starts again from one number, as <c>init_genrand</c> of the reference implementation does.</summary>
    /// <param name="seed">The seed.</param>
    public void Seed(uint seed)
    {
        state[0] = seed;
        for (var i = 1; i < StateLength; i++)
            state[i] = (1812433253u * (state[i - 1] ^ (state[i - 1] >> 30))) + (uint)i;
        Position = StateLength;
    }

    /// <summary>Starts again from several numbers, as <c>init_by_array</c> of the reference implementation does.</summary>
    /// <param name="key">The seed, at least one word.</param>
    /// <exception cref="ArgumentException"><paramref name="key"/> is empty.</exception>
    public void Seed(ReadOnlySpan<uint> key)
    {
        if (key.IsEmpty)
            throw new ArgumentException("a key needs at least one word", nameof(key));
        Seed(19650218u);
        var (i, j) = (1, 0);
        for (var left = Math.Max(StateLength, key.Length); left > 0; left--)
        {
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * 1664525u)) + key[j] + (uint)j;
            i = Following(i);
            j = j + 1 == key.Length ? 0 : j + 1;
        }

        for (var left = StateLength - 1; left > 0; left--)
        {
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * 1566083941u)) - (uint)i;
            i = Following(i);
        }

        state[0] = UpperBit;
    }

    /// <summary>The next word.</summary>
    /// <returns>A number uniform over all 32-bit words.</returns>
    public uint Next()
    {
        if (Position == StateLength)
            NextBlock();
        return output[Position++];
    }

    /// <summary>Takes the next words, as many as are at hand; for filling long spans without a call for each word.</summary>
    /// <param name="atMost">How many words are wanted, at least 1.</param>
    /// <returns>
    /// Between 1 and <paramref name="atMost"/> words, the same that calls of <see cref="Next"/> would give; valid until the next
    /// call of any member.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="atMost"/> is less than 1.</exception>
    public ReadOnlySpan<uint> Take(int atMost)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atMost, 1);
        if (Position == StateLength)
            NextBlock();
        var words = output.AsSpan(Position, Math.Min(atMost, StateLength - Position));
        Position += words.Length;
        return words;
    }

    /// <summary>Copies the state, without <see cref="Position"/>.</summary>
    /// <param name="words">Receives the state, <c>[624]</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="words"/> is shorter than <see cref="StateLength"/>.</exception>
    public void CopyState(Span<uint> words) => state.CopyTo(words);

    /// <summary>Goes on from a state copied earlier.</summary>
    /// <param name="words">The state, <c>[624]</c>.</param>
    /// <param name="position">The <see cref="Position"/> that belongs to it, 0 to 624.</param>
    /// <exception cref="ArgumentException"><paramref name="words"/> does not have 624 words.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="position"/> is outside 0 to 624.</exception>
    public void Restore(ReadOnlySpan<uint> words, int position)
    {
        if (words.Length != StateLength)
            throw new ArgumentException($"a state has {StateLength} words, not {words.Length}", nameof(words));
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, StateLength);
        words.CopyTo(state);
        Temper();
        Position = position;
    }

    /// <summary>A second generator that will give the same words from here on.</summary>
    /// <returns>The copy, independent of this one.</returns>
    public MersenneTwister Clone()
    {
        var copy = new MersenneTwister(0u);
        copy.Restore(state, Position);
        return copy;
    }

    int Following(int i)
    {
        if (i + 1 < StateLength)
            return i + 1;
        state[0] = state[StateLength - 1];
        return 1;
    }

    void NextBlock()
    {
        Twist(0, StateLength - Middle, Middle);
        Twist(StateLength - Middle, StateLength - 1, Middle - StateLength);
        state[^1] = state[Middle - 1] ^ Mix(state[^1], state[0]);
        Temper();
        Position = 0;
    }

    // Each word is made from itself, its right neighbour, and one at least 227 words away, so whole vectors can be made at once.
    void Twist(int start, int end, int distance)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(state);
        var i = start;
        for (; i <= end - Vector<uint>.Count; i += Vector<uint>.Count)
        {
            var self = Vector.LoadUnsafe(ref first, (nuint)i);
            var right = Vector.LoadUnsafe(ref first, (nuint)i + 1);
            var far = Vector.LoadUnsafe(ref first, (nuint)(i + distance));
            var joined = (self & new Vector<uint>(UpperBit)) | (right & new Vector<uint>(LowerBits));
            var odd = Vector<uint>.Zero - (joined & Vector<uint>.One);
            var word = far ^ (joined >>> 1) ^ (odd & new Vector<uint>(TwistMatrix));
            word.StoreUnsafe(ref first, (nuint)i);
        }

        for (; i < end; i++)
            state[i] = state[i + distance] ^ Mix(state[i], state[i + 1]);
    }

    static uint Mix(uint self, uint right)
    {
        var joined = (self & UpperBit) | (right & LowerBits);
        return (joined >> 1) ^ ((joined & 1) == 0 ? 0 : TwistMatrix);
    }

    void Temper()
    {
        var words = MemoryMarshal.Cast<uint, Vector<uint>>(state.AsSpan());
        var tempered = MemoryMarshal.Cast<uint, Vector<uint>>(output.AsSpan());
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            word ^= word >>> 11;
            word ^= (word << 7) & new Vector<uint>(0x9D2C5680);
            word ^= (word << 15) & new Vector<uint>(0xEFC60000);
            tempered[i] = word ^ (word >>> 18);
        }
    }
}

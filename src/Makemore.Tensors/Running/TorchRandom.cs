using Makemore.Tensors.Expressions;

namespace Makemore.Tensors.Running;

/// <summary>
/// PyTorch's CPU random number generator, bit for bit: the same seed gives the same weights, batches and names as
/// <c>torch.Generator().manual_seed(seed)</c>.
/// </summary>
/// <remarks>
/// It draws what PyTorch 1.13 draws, the release of the lectures; where later releases differ, the member says so. One generator
/// serves one thread. Members that fill a span allocate nothing; arrays longer than a few hundred elements are borrowed.
/// </remarks>
public sealed partial class TorchRandom : IRandomSource
{
    readonly MersenneTwister engine = new(0u);
    double? cachedNormal;

    /// <summary>A generator started from a seed, as <c>manual_seed</c> does.</summary>
    /// <param name="seed">The seed; see <see cref="ManualSeed"/>.</param>
    /// <param name="variant">Which of PyTorch's code paths to round like.</param>
    public TorchRandom(long seed, NormalVariant variant = NormalVariant.Scalar)
    {
        Variant = variant;
        ManualSeed(seed);
    }

    /// <summary>Which of PyTorch's code paths the draws are rounded like.</summary>
    public NormalVariant Variant { get; }

    /// <summary>A snapshot of the generator, to go on from later (<c>get_state</c>, <c>set_state</c>).</summary>
    /// <exception cref="ArgumentException">The state set does not have 624 words.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The position set is outside 0 to 624.</exception>
    public TorchRandomState State
    {
        get
        {
            var words = new uint[MersenneTwister.StateLength];
            engine.CopyState(words);
            return new(words, engine.Position, cachedNormal);
        }

        set
        {
            ArgumentNullException.ThrowIfNull(value);
            engine.Restore([.. value.Words], value.Position);
            cachedNormal = value.CachedNormal;
        }
    }

    /// <summary>Starts again from a seed, and forgets the cached normal.</summary>
    /// <param name="seed">
    /// The seed. As in PyTorch only its low 32 bits count: 5 and 2^32 + 5 give one stream, and −1 is 2^64 − 1.
    /// </param>
    public void ManualSeed(long seed)
    {
        engine.Seed(unchecked((uint)seed));
        cachedNormal = null;
    }

    /// <summary>The next word of the generator.</summary>
    /// <returns>A number uniform over all 32-bit words.</returns>
    public uint Random32() => engine.Next();

    /// <summary>The next two words, the first of them above. <c>torch.empty((), dtype=torch.int64).random_()</c> is this modulo 2^63.</summary>
    /// <returns>A number uniform over all 64-bit words.</returns>
    public ulong Random64()
    {
        ulong high = engine.Next();
        return (high << 32) | engine.Next();
    }
}

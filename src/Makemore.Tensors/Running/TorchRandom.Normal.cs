namespace Makemore.Tensors.Running;

/// <content>Normal numbers, by the transform of Box and Muller (1958).</content>
public sealed partial class TorchRandom
{
    const int NormalBlock = 16;

    /// <summary>
    /// A standard normal number in double precision, as <c>torch.randn((), dtype=torch.float64)</c> draws it. Numbers come in
    /// pairs: one call takes four words and keeps the second number, the next call takes none.
    /// </summary>
    /// <returns>The number.</returns>
    public double RandnDouble()
    {
        if (cachedNormal is { } cached)
        {
            cachedNormal = null;
            return cached;
        }

        var angle = 2 * Math.PI * RandDouble();
        var radius = Math.Sqrt(-2 * Math.Log(1 - RandDouble()));
        cachedNormal = radius * Math.Sin(angle);
        return radius * Math.Cos(angle);
    }

    /// <summary>Fills with standard normal numbers, as <c>torch.randn</c> does for a contiguous tensor of as many elements.</summary>
    /// <param name="values">Receives the numbers.</param>
    /// <inheritdoc cref="Normal" path="/remarks"/>
    public void Randn(Span<float> values) => Normal(values, 0, 1);

    /// <summary>Fills with normal numbers, as <c>tensor.normal_(mean, std)</c> does for a contiguous tensor of as many elements.</summary>
    /// <remarks>
    /// PyTorch has two algorithms. Fewer than 16 elements are drawn one at a time in double precision, two from four words, the
    /// second kept for later (<see cref="RandnDouble"/>). From 16 on, elements are transformed 16 at a time in single precision,
    /// one word each, and the last 16 are drawn anew when the length is no multiple of 16.
    /// </remarks>
    /// <param name="values">Receives the numbers.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="std">The standard deviation, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="std"/> is negative or not a number.</exception>
    public void Normal(Span<float> values, double mean, double std)
    {
        if (!(std >= 0))
            throw new ArgumentOutOfRangeException(nameof(std), std, "a standard deviation is at least 0");
        if (values.Length < NormalBlock)
            NormalOneByOne(values, mean, std);
        else
            NormalInBlocks(values, (float)mean, (float)std);
    }

    void NormalOneByOne(Span<float> values, double mean, double std)
    {
        foreach (ref var value in values)
        {
            var normal = RandnDouble();
            value = (float)(Variant == NormalVariant.Avx2 ? Math.FusedMultiplyAdd(normal, std, mean) : (normal * std) + mean);
        }
    }

    void NormalInBlocks(Span<float> values, float mean, float std)
    {
        Rand(values);
        for (var start = 0; start <= values.Length - NormalBlock; start += NormalBlock)
            TransformBlock(values.Slice(start, NormalBlock), mean, std);
        if (values.Length % NormalBlock == 0)
            return;
        var last = values[^NormalBlock..];
        Rand(last);
        TransformBlock(last, mean, std);
    }

    // Eight pairs of uniforms, the second eight elements beyond the first, become eight pairs of normals in the same places.
    void TransformBlock(Span<float> block, float mean, float std)
    {
        var avx2 = Variant == NormalVariant.Avx2;
        const int half = NormalBlock / 2;
        for (var j = 0; j < half; j++)
        {
            var (inner, turn) = (1 - block[j], block[j + half]);
            (block[j], block[j + half]) = avx2 ? PolynomialPair(inner, turn, mean, std) : LibraryPair(inner, turn, mean, std);
        }
    }

    static (float First, float Second) LibraryPair(float inner, float turn, float mean, float std)
    {
        var radius = MathF.Sqrt(-2 * MathF.Log(inner));
        var angle = (float)(2 * Math.PI * turn);
        return ((radius * MathF.Cos(angle) * std) + mean, (radius * MathF.Sin(angle) * std) + mean);
    }

    static (float First, float Second) PolynomialPair(float inner, float turn, float mean, float std)
    {
        var radius = MathF.Sqrt(-2 * CephesSingle.Log(inner));
        var (sine, cosine) = CephesSingle.SinCos((float)(2 * Math.PI) * turn);
        return (MathF.FusedMultiplyAdd(radius * cosine, std, mean), MathF.FusedMultiplyAdd(radius * sine, std, mean));
    }
}

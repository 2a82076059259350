namespace Makemore.Tensors.Running;

/// <content>Uniform and exponential numbers.</content>
public sealed partial class TorchRandom
{
    /// <summary>A uniform number of 53 bits, as <c>torch.rand((), dtype=torch.float64)</c> draws it. Takes two words.</summary>
    /// <returns>A multiple of 2^−53, at least 0 and less than 1.</returns>
    public double RandDouble() => (Random64() & ((1ul << 53) - 1)) * (1.0 / (1ul << 53));

    /// <summary>Fills with uniform numbers of 24 bits, as <c>torch.rand</c> does. Takes one word an element.</summary>
    /// <param name="values">Receives multiples of 2^−24, at least 0 and less than 1.</param>
    public void Rand(Span<float> values)
    {
        while (!values.IsEmpty)
        {
            var words = engine.Take(values.Length);
            for (var i = 0; i < words.Length; i++)
                values[i] = (words[i] & 0xFFFFFF) * (1f / (1 << 24));
            values = values[words.Length..];
        }
    }

    /// <summary>Fills with uniform numbers, as <c>tensor.uniform_(low, high)</c> does. Takes one word an element.</summary>
    /// <param name="values">Receives the numbers.</param>
    /// <param name="low">The lower bound, rounded to float before use.</param>
    /// <param name="high">The upper bound, rounded to float before use; reached only by rounding.</param>
    /// <exception cref="ArgumentException">The bounds are not finite, or <paramref name="low"/> is above <paramref name="high"/>.</exception>
    public void Uniform(Span<float> values, double low, double high)
    {
        var from = (float)low;
        var range = (float)high - from;
        if (!(range >= 0) || !float.IsFinite(range))
            throw new ArgumentException($"uniform numbers from {low} to {high}: the bounds must be finite and in order", nameof(high));
        Rand(values);
        if (Variant == NormalVariant.Avx2)
        {
            foreach (ref var value in values)
                value = MathF.FusedMultiplyAdd(value, range, from);
        }
        else
        {
            foreach (ref var value in values)
                value = (value * range) + from;
        }
    }

    /// <summary>
    /// Fills with exponentially distributed numbers, as <c>tensor.exponential_(rate)</c> does. Takes two words an element.
    /// </summary>
    /// <remarks>
    /// The official x86-64 builds of PyTorch 2.0 to 2.6 draw exponentials, and hence <c>multinomial</c>, from another generator
    /// (Intel MKL's).
    /// </remarks>
    /// <param name="values">Receives the numbers.</param>
    /// <param name="rate">λ of the density λ·exp(−λx): the reciprocal of the mean.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is not a positive number.</exception>
    public void Exponential(Span<float> values, double rate = 1)
    {
        if (!(rate > 0))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "the rate of an exponential distribution is positive");
        foreach (ref var value in values)
            value = ExponentialSingle(rate);
    }

    float ExponentialSingle(double rate) => (float)(-1 / rate * Math.Log(1 - RandDouble()));
}

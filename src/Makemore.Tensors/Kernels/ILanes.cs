using System.Runtime.Intrinsics;

namespace Makemore.Tensors.Kernels;

/// <summary>
/// What a kernel asks of a vector of floats, so that its mathematics is written once for every width. Implemented by the marker
/// types <see cref="Lanes512"/>, <see cref="Lanes256"/> and <see cref="Lanes128"/>, which work on the vectors of the runtime.
/// </summary>
/// <typeparam name="TVector">A vector of <see cref="Count"/> floats.</typeparam>
/// <remarks>
/// Pointers need no alignment. A mask is a vector whose lanes have all bits set or none, as comparisons give it.
/// Where fused multiplication is missing, <see cref="MultiplyAdd"/> rounds twice, so last bits may differ between processors.
/// </remarks>
public unsafe interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>Whether the processor has the instructions that make this width worth its name; constant once compiled.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>Floats in one vector: 16, 8 or 4.</summary>
    static abstract int Count { get; }

    /// <summary>The same value in every lane.</summary>
    static abstract TVector Create(float value);

    /// <summary>Reads <see cref="Count"/> floats.</summary>
    static abstract TVector Load(float* source);

    /// <summary>Writes <see cref="Count"/> floats.</summary>
    static abstract void Store(TVector value, float* target);

    /// <summary>Reads the first <paramref name="count"/> floats, touching no memory behind them; the other lanes are zero.</summary>
    /// <param name="source">At least <paramref name="count"/> readable floats.</param>
    /// <param name="count">0 to <see cref="Count"/>.</param>
    static abstract TVector LoadFirst(float* source, int count);

    /// <summary>Writes the first <paramref name="count"/> lanes, touching no memory behind them.</summary>
    /// <param name="value">The lanes.</param>
    /// <param name="target">At least <paramref name="count"/> writable floats.</param>
    /// <param name="count">0 to <see cref="Count"/>.</param>
    static abstract void StoreFirst(TVector value, float* target, int count);

    /// <summary>left + right.</summary>
    static abstract TVector Add(TVector left, TVector right);

    /// <summary>left − right.</summary>
    static abstract TVector Subtract(TVector left, TVector right);

    /// <summary>left · right.</summary>
    static abstract TVector Multiply(TVector left, TVector right);

    /// <summary>left / right, correctly rounded.</summary>
    static abstract TVector Divide(TVector left, TVector right);

    /// <summary>left · right + addend, rounded once where the processor can.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>addend − left · right, rounded once where the processor can.</summary>
    static abstract TVector MultiplyAddNegated(TVector left, TVector right, TVector addend);

    /// <summary>The smaller of two lanes; if <paramref name="right"/> is not a number, then neither is the result.</summary>
    /// <remarks>Says nothing of a <paramref name="left"/> that is not a number, nor of zeros of different sign.</remarks>
    static abstract TVector Min(TVector left, TVector right);

    /// <summary>The larger of two lanes, with the rules of <see cref="Min"/>.</summary>
    static abstract TVector Max(TVector left, TVector right);

    /// <summary>A mask of the lanes where left &lt; right.</summary>
    static abstract TVector LessThan(TVector left, TVector right);

    /// <summary>A mask of the lanes where left = right.</summary>
    static abstract TVector Equal(TVector left, TVector right);

    /// <summary>Lane by lane, <paramref name="then"/> where the mask is set, else <paramref name="otherwise"/>.</summary>
    static abstract TVector Select(TVector mask, TVector then, TVector otherwise);

    /// <summary>The magnitude of one with the sign of the other, zeros and what is not a number included.</summary>
    static abstract TVector CopySign(TVector magnitude, TVector sign);

    /// <summary>value · 2^exponent, rounded once, with overflow and denormal results.</summary>
    /// <param name="value">0.5 to 2 in magnitude, or not a number.</param>
    /// <param name="exponent">Whole, −250 to 250; anything where the value is not a number.</param>
    static abstract TVector Scale(TVector value, TVector exponent);

    /// <summary>
    /// The whole number e for which value · 2^−e lies in [√½, √2), for positive normal values; anything finite for others.
    /// </summary>
    static abstract TVector Exponent(TVector value);

    /// <summary>value · 2^−e with the e of <see cref="Exponent"/>, exactly; anything for values that are not positive and normal.</summary>
    static abstract TVector Significand(TVector value);

    /// <summary>The sums of the lanes of four vectors, each sum added up in the same order.</summary>
    static abstract Vector128<float> Sums(TVector first, TVector second, TVector third, TVector fourth);
}

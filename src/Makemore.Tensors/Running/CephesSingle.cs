namespace Makemore.Tensors.Running;

/// <summary>
/// Logarithm, sine and cosine in single precision by the Cephes polynomials, rounded as PyTorch's AVX2 code rounds them: every
/// step in float, with fused multiply-add.
/// </summary>
/// <remarks>
/// Source: S. L. Moshier's Cephes library, in the vector form of J. Pommier's <c>sse_mathfun</c>. Meant for
/// <see cref="TorchRandom"/>, whose arguments lie in the ranges stated here; nothing is checked.
/// </remarks>
static class CephesSingle
{
    const float HalfSquareRoot = 0.70710678f;
    const float FourOverPi = 1.27323954473516f;

    /// <summary>The natural logarithm.</summary>
    /// <param name="x">A positive normal number.</param>
    /// <returns>ln <paramref name="x"/>.</returns>
    public static float Log(float x)
    {
        var bits = BitConverter.SingleToInt32Bits(x);
        float exponent = (bits >> 23) - 126;
        var mantissa = BitConverter.Int32BitsToSingle((bits & 0x007FFFFF) | 0x3F000000);
        if (mantissa < HalfSquareRoot)
        {
            exponent -= 1;
            mantissa = mantissa - 1 + mantissa;
        }
        else
        {
            mantissa -= 1;
        }

        var square = mantissa * mantissa;
        var y = 7.0376836292E-2f;
        y = MathF.FusedMultiplyAdd(y, mantissa, -1.1514610310E-1f);
        y = MathF.FusedMultiplyAdd(y, mantissa, 1.1676998740E-1f);
        y = MathF.FusedMultiplyAdd(y, mantissa, -1.2420140846E-1f);
        y = MathF.FusedMultiplyAdd(y, mantissa, 1.4249322787E-1f);
        y = MathF.FusedMultiplyAdd(y, mantissa, -1.6668057665E-1f);
        y = MathF.FusedMultiplyAdd(y, mantissa, 2.0000714765E-1f);
        y = MathF.FusedMultiplyAdd(y, mantissa, -2.4999993993E-1f);
        y = MathF.FusedMultiplyAdd(y, mantissa, 3.3333331174E-1f);
        y *= mantissa;
        y = MathF.FusedMultiplyAdd(y, square, exponent * -2.12194440e-4f);
        y -= square * 0.5f;
        return MathF.FusedMultiplyAdd(exponent, 0.693359375f, mantissa + y);
    }

    /// <summary>Sine and cosine together.</summary>
    /// <param name="x">An angle in radians, 0 to 8192.</param>
    /// <returns>sin <paramref name="x"/> and cos <paramref name="x"/>.</returns>
    public static (float Sin, float Cos) SinCos(float x)
    {
        var octant = ((int)(x * FourOverPi) + 1) & ~1;
        float y = octant;
        x = MathF.FusedMultiplyAdd(y, -0.78515625f, x);
        x = MathF.FusedMultiplyAdd(y, -2.4187564849853515625e-4f, x);
        x = MathF.FusedMultiplyAdd(y, -3.77489497744594108e-8f, x);

        var square = x * x;
        var cosine = 2.443315711809948E-5f;
        cosine = MathF.FusedMultiplyAdd(cosine, square, -1.388731625493765E-3f);
        cosine = MathF.FusedMultiplyAdd(cosine, square, 4.166664568298827E-2f);
        cosine *= square;
        cosine = MathF.FusedMultiplyAdd(cosine, square, -(square * 0.5f));
        cosine += 1;

        var sine = -1.9515295891E-4f;
        sine = MathF.FusedMultiplyAdd(sine, square, 8.3321608736E-3f);
        sine = MathF.FusedMultiplyAdd(sine, square, -1.6666654611E-1f);
        sine *= square;
        sine = MathF.FusedMultiplyAdd(sine, x, x);

        if ((octant & 2) != 0)
            (sine, cosine) = (cosine, sine);
        return ((octant & 4) == 0 ? sine : -sine, (~(octant - 2) & 4) == 0 ? cosine : -cosine);
    }
}

using System.Runtime.Intrinsics;

namespace Makemore.Tensors.Kernels;

/// <summary>A function of <see cref="VectorMath"/> at all its widths, with the double-precision function it approximates.</summary>
sealed class FloatFunction(
    Func<double, double> exact,
    Func<float, float> scalar,
    Func<Vector128<float>, Vector128<float>> four,
    Func<Vector256<float>, Vector256<float>> eight,
    Func<Vector512<float>, Vector512<float>> sixteen)
{
    public const int Block = 4096;

    public static FloatFunction Exp { get; } = new(Math.Exp, VectorMath.Exp, VectorMath.Exp, VectorMath.Exp, VectorMath.Exp);

    public static FloatFunction Log { get; } = new(Math.Log, VectorMath.Log, VectorMath.Log, VectorMath.Log, VectorMath.Log);

    public static FloatFunction Tanh { get; } = new(Math.Tanh, VectorMath.Tanh, VectorMath.Tanh, VectorMath.Tanh, VectorMath.Tanh);

    public static FloatFunction Sigmoid { get; } = new(x => 1 / (1 + Math.Exp(-x)), VectorMath.Sigmoid, VectorMath.Sigmoid, VectorMath.Sigmoid, VectorMath.Sigmoid);

    /// <summary>The lanes of every vector this machine has; 1 is the scalar.</summary>
    public static IEnumerable<int> Widths { get; } =
        ((int[])[1, 4, 8, 16]).Where(lanes => lanes < 8 || (lanes == 8 ? Lanes256.IsSupported : Lanes512.IsSupported)).ToArray();

    public double Exact(float x) => exact(x);

    /// <summary>Applies the function to a whole number of vectors.</summary>
    public void Apply(int lanes, ReadOnlySpan<float> x, Span<float> y)
    {
        for (var i = 0; i < x.Length; i += lanes)
        {
            switch (lanes)
            {
                case 1:
                    y[i] = scalar(x[i]);
                    break;
                case 4:
                    four(Vector128.Create(x[i..])).CopyTo(y[i..]);
                    break;
                case 8:
                    eight(Vector256.Create(x[i..])).CopyTo(y[i..]);
                    break;
                default:
                    sixteen(Vector512.Create(x[i..])).CopyTo(y[i..]);
                    break;
            }
        }
    }

    public float Apply(int lanes, float x)
    {
        Span<float> many = stackalloc float[16];
        many.Fill(x);
        Apply(lanes, many, many);
        return many[0];
    }

    /// <summary>
    /// Walks floats in the order of their bits and asks for values within <paramref name="tolerance"/> of the exact ones, relative or one
    /// denormal, that never fall as x rises.
    /// </summary>
    /// <returns>The first mistake, or null.</returns>
    public string? Mistake(int lanes, float first, float last, int stride, double tolerance)
    {
        var x = new float[Block];
        var y = new float[Block];
        var direction = float.IsNegative(first) ? -1 : 1;
        var previous = double.MinValue;
        var end = BitConverter.SingleToUInt32Bits(last);
        for (ulong bits = BitConverter.SingleToUInt32Bits(first); bits <= end; bits += (ulong)stride * Block)
        {
            for (var i = 0; i < Block; i++)
                x[i] = BitConverter.UInt32BitsToSingle((uint)Math.Min(bits + ((ulong)i * (ulong)stride), end));
            Apply(lanes, x, y);
            for (var i = 0; i < Block; i++)
            {
                var expected = exact(x[i]);
                if (!(Math.Abs(y[i] - expected) <= Math.Max(tolerance * Math.Abs(expected), float.Epsilon)) && y[i] != (float)expected)
                    return $"{lanes} lanes: {x[i]:R} gives {y[i]:R} and not {expected:R}";
                var value = (double)y[i] * direction;
                if (value < previous)
                    return $"{lanes} lanes: {x[i]:R} gives {y[i]:R}, beyond the value before it, {previous * direction:R}";
                previous = value;
            }
        }

        return null;
    }
}

using Xunit;

namespace Makemore.Tensors.Kernels;

public class VectorMathTests
{
    const float LargestLog = 88.72283f;
    const float SmallestLog = -103.97207f;

    [Fact]
    public void Exp_is_accurate_and_rises_everywhere()
    {
        Every(FloatFunction.Exp, 0f, LargestLog, 1999, 1e-7);
        Every(FloatFunction.Exp, -0f, SmallestLog, 1999, 1e-7);
        Every(FloatFunction.Exp, 60f, 61f, 1, 1e-7);
        Every(FloatFunction.Exp, -0.03f, -0.05f, 1, 1e-7);
        Every(FloatFunction.Exp, -87f, -88f, 1, 1e-7);
    }

    [Fact]
    public void Log_is_accurate_and_rises_everywhere()
    {
        Every(FloatFunction.Log, float.Epsilon, float.MaxValue, 3999, 1e-7);
        Every(FloatFunction.Log, 0.99f, 1.01f, 1, 1e-7);
        Every(FloatFunction.Log, 1.4f, 1.43f, 1, 1e-7);
    }

    [Fact]
    public void Tanh_is_accurate_and_rises_everywhere()
    {
        Every(FloatFunction.Tanh, float.Epsilon, float.MaxValue, 3999, 3e-7);
        Every(FloatFunction.Tanh, -float.Epsilon, -float.MaxValue, 7999, 3e-7);
        Every(FloatFunction.Tanh, 0.53f, 0.57f, 1, 3e-7);
        Every(FloatFunction.Tanh, 7f, 7.1f, 1, 3e-7);
        Every(FloatFunction.Tanh, 8f, 9.5f, 7, 3e-7);
    }

    [Fact]
    public void Sigmoid_is_accurate_and_rises_everywhere()
    {
        Every(FloatFunction.Sigmoid, float.Epsilon, float.MaxValue, 3999, 2e-7);
        Every(FloatFunction.Sigmoid, -float.Epsilon, SmallestLog, 3999, 2e-7);
        Every(FloatFunction.Sigmoid, -0.4f, -0.45f, 1, 2e-7);
        Every(FloatFunction.Sigmoid, -86f, -89f, 1, 2e-7);
    }

    // Every float of an exponent, at the width that is used; the narrower ones have samples above and a turn of their own on narrower machines.
    [Fact]
    public void Every_float_of_some_exponents_is_accurate()
    {
        var widest = FloatFunction.Widths.Last();
        Assert.Null(FloatFunction.Exp.Mistake(widest, 0.5f, BelowTwice(0.5f), 1, 1e-7));
        Assert.Null(FloatFunction.Exp.Mistake(widest, -16f, BelowTwice(-16f), 1, 1e-7));
        Assert.Null(FloatFunction.Log.Mistake(widest, 0.5f, BelowTwice(0.5f), 1, 1e-7));
        Assert.Null(FloatFunction.Log.Mistake(widest, 1f, BelowTwice(1f), 1, 1e-7));
        Assert.Null(FloatFunction.Tanh.Mistake(widest, 0.03125f, 9.1f, 1, 3e-7));
        Assert.Null(FloatFunction.Tanh.Mistake(widest, -4f, BelowTwice(-4f), 1, 3e-7));
        Assert.Null(FloatFunction.Sigmoid.Mistake(widest, 1f, BelowTwice(1f), 1, 2e-7));
        Assert.Null(FloatFunction.Sigmoid.Mistake(widest, -0.5f, BelowTwice(-0.5f), 1, 2e-7));
        Assert.Null(FloatFunction.Sigmoid.Mistake(widest, -64f, SmallestLog, 1, 2e-7));
    }

    static float BelowTwice(float x) => float.IsNegative(x) ? MathF.BitIncrement(2 * x) : MathF.BitDecrement(2 * x);

    [Theory]
    [InlineData(0f, 0.5f)]
    [InlineData(1e-40f, 0.5f)]
    [InlineData(20f, 1f)]
    [InlineData(float.MaxValue, 1f)]
    [InlineData(float.PositiveInfinity, 1f)]
    [InlineData(-103.98f, 0f)]
    [InlineData(-float.MaxValue, 0f)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(float.NaN, float.NaN)]
    public void Sigmoid_of_a_special_value_is_exact(float x, float expected) => Exactly(FloatFunction.Sigmoid, x, expected);

    [Theory]
    [InlineData(0f, 1f)]
    [InlineData(1e-40f, 1f)]
    [InlineData(88.73f, float.PositiveInfinity)]
    [InlineData(1e30f, float.PositiveInfinity)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(-103.98f, 0f)]
    [InlineData(-1e30f, 0f)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(float.NaN, float.NaN)]
    public void Exp_of_a_special_value_is_exact(float x, float expected) => Exactly(FloatFunction.Exp, x, expected);

    [Theory]
    [InlineData(1f, 0f)]
    [InlineData(0f, float.NegativeInfinity)]
    [InlineData(-1e-45f, float.NaN)]
    [InlineData(-1f, float.NaN)]
    [InlineData(float.NegativeInfinity, float.NaN)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NaN, float.NaN)]
    public void Log_of_a_special_value_is_exact(float x, float expected) => Exactly(FloatFunction.Log, x, expected);

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(1e-45f, 1e-45f)]
    [InlineData(-1e-40f, -1e-40f)]
    [InlineData(1e-10f, 1e-10f)]
    [InlineData(20f, 1f)]
    [InlineData(-1e30f, -1f)]
    [InlineData(float.MaxValue, 1f)]
    [InlineData(float.PositiveInfinity, 1f)]
    [InlineData(float.NegativeInfinity, -1f)]
    [InlineData(float.NaN, float.NaN)]
    public void Tanh_of_a_special_value_is_exact(float x, float expected) => Exactly(FloatFunction.Tanh, x, expected);

    [Fact]
    public void A_negative_zero_is_a_zero()
    {
        Exactly(FloatFunction.Exp, -0f, 1);
        Exactly(FloatFunction.Log, -0f, float.NegativeInfinity);
        Exactly(FloatFunction.Tanh, -0f, -0f);
        Exactly(FloatFunction.Sigmoid, -0f, 0.5f);
    }

    [Fact]
    public void Tanh_is_odd_and_never_beyond_one()
    {
        foreach (var lanes in FloatFunction.Widths)
        {
            for (var x = 0f; x < 12; x += 1.7e-4f)
            {
                var value = FloatFunction.Tanh.Apply(lanes, x);
                Assert.InRange(value, 0, 1);
                Assert.Equal(-value, FloatFunction.Tanh.Apply(lanes, -x));
            }
        }
    }

    static void Every(FloatFunction function, float first, float last, int stride, double tolerance)
    {
        foreach (var lanes in FloatFunction.Widths)
        {
            if (function.Mistake(lanes, first, last, stride, tolerance) is { } mistake)
                Assert.Fail(mistake);
        }
    }

    static void Exactly(FloatFunction function, float x, float expected)
    {
        foreach (var lanes in FloatFunction.Widths)
        {
            var value = function.Apply(lanes, x);
            Assert.Equal(expected, value);
            Assert.Equal(float.IsNegative(expected) && expected == 0, float.IsNegative(value) && value == 0);
        }
    }
}

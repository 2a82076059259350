using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Running;
using Xunit;

namespace Makemore.Tensors.Roslyn;

/// <summary>GELU has no kernel of its own: compiled, it is as accurate as a kernel would be.</summary>
public class GeluAccuracyTests
{
    const int Samples = 1 << 16;

    [Fact]
    public void Gelu_is_accurate_over_the_whole_range()
    {
        // Floats of every exponent, and most of them where the function bends.
        float[] x = [.. Sampled(0, int.MaxValue - 0x7FFFFF, Samples / 4), .. Sampled(BitConverter.SingleToInt32Bits(0.1f), BitConverter.SingleToInt32Bits(16), Samples / 4)];
        x = [.. x, .. x.Select(value => -value)];
        var y = Compute(x);
        for (var i = 0; i < Samples; i++)
        {
            // 1 + tanh u cancels below 0, where the result is near 0 and its error is absolute.
            var expected = x[i] * (1 / (1 + Math.Exp(-2 * Math.Sqrt(2 / Math.PI) * (x[i] + (0.044715 * x[i] * x[i] * x[i])))));
            var allowed = Math.Max(3e-7 * Math.Abs(expected), x[i] > -0.5f ? float.Epsilon : 5e-8);
            Assert.True(Math.Abs(y[i] - expected) <= allowed, $"{x[i]:R} gives {y[i]:R} and not {expected:R}");
        }
    }

    [Fact]
    public void Gelu_of_special_values_is_that_of_PyTorch()
    {
        float[] x = [0, -0f, float.PositiveInfinity, float.MaxValue, -float.MaxValue, float.NaN, float.NegativeInfinity];
        Assert.Equal([0, -0f, float.PositiveInfinity, float.MaxValue, -0f, float.NaN, float.NaN], Compute(x));
    }

    static float[] Compute(float[] x)
    {
        var input = new Input("x", [new Axis("i", x.Length)]);
        using var storage = new Storage();
        storage.Write(input, x);
        using var routine = new Routine(Program.Of("gelu", [Functions.Gelu(input)]), Compiled.Backend, storage);
        routine.Run();
        return [.. routine.Output()];
    }

    static IEnumerable<float> Sampled(int first, int end, int count) =>
        Enumerable.Range(0, count).Select(i => BitConverter.Int32BitsToSingle((int)(first + ((long)(end - first) * i / count))));
}

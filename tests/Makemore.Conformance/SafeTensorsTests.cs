using Makemore.Files;
using Xunit;

namespace Makemore;

/// <summary>Files that we write are read in Python, and what Python writes is read by us.</summary>
public class SafeTensorsTests
{
    [Fact]
    public void Tensors_go_to_Python_and_back()
    {
        float[] weights = [1.5f, -2, 3.25e-3f, float.MaxValue / 4, 0, 7];
        double[] exact = [Math.PI, -1e-300];
        long[] counts = [1L << 40, -3, 0];

        var back = Torch.Run(
            "double.py",
            TensorData.Of("transformer.wte.weight", [2, 3], weights),
            TensorData.Of("naïve \"name\"", [2, 1], exact),
            TensorData.Of("counts", [3], counts),
            TensorData.Of("empty", [0, 4], ReadOnlySpan<float>.Empty),
            TensorData.Of("scalar", [], [0.5f]));

        Assert.Equal(weights.Select(value => 2 * value), back["transformer.wte.weight"].Floats.ToArray());
        Assert.Equal([2, 3], back["transformer.wte.weight"].Shape);
        Assert.Equal(exact.Select(value => 2 * value), back["naïve \"name\""].Doubles.ToArray());
        Assert.Equal([2, 1], back["naïve \"name\""].Shape);
        Assert.Equal(counts.Select(value => 2 * value), back["counts"].Longs.ToArray());
        Assert.Equal([0, 4], back["empty"].Shape);
        Assert.Empty(back["scalar"].Shape);
        Assert.Equal(1f, back["scalar"].Floats[0]);
    }
}

using Makemore.Models.Layers;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Running;
using Xunit;

namespace Makemore;

/// <summary>What layers begin with, against PyTorch's layers of those names: the same draws, the same bits.</summary>
public class LayerTests
{
    static readonly Axis Tap = new("tap", 2);

    [Fact]
    public void Layers_begin_with_PyTorchs_numbers()
    {
        Axis from = new("from", 30), to = new("to", 17), channel = new("channel", 19), filter = new("filter", 23);
        var theirs = Torch.Run("initial_layers.py");
        using var storage = new Storage();
        IReadOnlyList<Parameter> parameters =
        [
            .. new Linear("linear", [from], to).Parameters,
            .. new Embedding("embedding", new("tokens", 27), new("embed", 10)).Parameters,
            .. new CausalConvolution("convolution", Tap, channel, filter).Parameters,
        ];
        storage.Initialize(parameters, new TorchRandom(7, NormalVariant.Avx2));
        foreach (var parameter in parameters)
        {
            // Ours have the inputs first, and PyTorch's the outputs.
            var expected = theirs[parameter.Name];
            Assert.Equal(parameter.Name == "embedding.weight" ? expected.Floats.ToArray() : Turned(expected.Floats, expected.Shape), storage.Read(parameter));
        }
    }

    // All axes in the opposite order.
    static float[] Turned(ReadOnlySpan<float> numbers, IReadOnlyList<int> shape)
    {
        var turned = new float[numbers.Length];
        for (var i = 0; i < turned.Length; i++)
        {
            var (place, rest) = (0, i);
            for (var axis = shape.Count - 1; axis >= 0; rest /= shape[axis--])
                place += rest % shape[axis] * shape.Take(axis).Aggregate(1, (product, length) => product * length);
            turned[place] = numbers[i];
        }

        return turned;
    }
}

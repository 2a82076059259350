using Makemore.Files;
using Makemore.Models.Layers;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Roslyn;
using Makemore.Tensors.Running;
using Xunit;

namespace Makemore;

/// <summary>Layers against PyTorch's of those names: what they begin with, the same draws, the same bits; what they compute.</summary>
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
            .. new LectureLinear("linear", [from], to).Parameters,
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

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 4)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    public void Causal_convolution_equals_PyTorchs(int stride, int dilation)
    {
        Axis batch = new("batch", 5), time = new("time", 24), channel = new("channel", 10), filter = new("filter", 17);
        var position = new Axis("position", ((time.Length - 1 - dilation) / stride) + 1);
        var layer = new CausalConvolution("convolution", Tap, channel, filter);
        var x = new Parameter("x", [batch, time, channel], Initializers.Normal(1));
        var y = layer.Of(x, time, position, stride, dilation);
        using var storage = new Storage();
        using var routine = new Routine(Program.Of("convolution", [y]), RoslynCompiler.Backend, storage);
        storage.Initialize([x, .. layer.Parameters], new TorchRandom(3));
        storage.Write(layer.Parameters[1], new float[filter.Length]);
        routine.Run();

        TensorData Given(string name, Parameter parameter) => TensorData.Of(name, [.. parameter.Shape.Select(axis => axis.Length)], storage.Read(parameter));
        TensorData Number(string name, long number) => TensorData.Of(name, [], [number]);
        var theirs = Torch.Run(
            "windows.py",
            Given("x", x),
            Given("kernel", layer.Parameters[0]),
            TensorData.Of("weights", [.. y.Shape.Select(axis => axis.Length)], new float[y.Shape.Elements]),
            Number("stride", stride),
            Number("dilation", dilation),
            Number("before", 0));
        Near.Equal(theirs["y"].Floats, routine.Output(), 1e-5, "y");
    }

    [Fact]
    public void Gru_cell_equals_PyTorchs_where_both_are_the_same()
    {
        Axis batch = new("batch", 5), time = new("time", 6), embed = new("embed", 7), hidden = new("hidden", 11);
        var cell = new GruCell(embed, hidden);
        Parameter x = new("x", [batch, time, embed], Initializers.Normal(1)), start = new("h", [batch, hidden], Initializers.Normal(1));
        using var storage = new Storage();
        storage.Initialize([x, start, .. cell.Parameters], new TorchRandom(5));
        var candidate = cell.Parameters.Single(parameter => parameter.Name == "cell.xh_to_hbar.weight");
        var inputs = embed.Length + hidden.Length;
        storage.Write(candidate, [.. storage.Read(candidate).Select((weight, i) => i % inputs < embed.Length || (i % inputs) - embed.Length == i / inputs ? weight : 0)]);
        using var routine = new Routine(Program.Of("gru", [cell.Run(x, start, time, Packing.None)]), RoslynCompiler.Backend, storage);
        routine.Run();

        var theirs = Torch.Run(
            "gru_cell.py",
            ((Parameter[])[x, start, .. cell.Parameters]).Select(parameter => TensorData.Of(parameter.Name, [.. parameter.Shape.Select(axis => axis.Length)], storage.Read(parameter))));
        Near.Equal(theirs["states"].Floats, routine.Output(), 1e-5, "states");
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

using Makemore.Files;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Roslyn;
using Makemore.Tensors.Running;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore;

/// <summary>What is built of windows against PyTorch's own: dilated causal and strided convolutions, pooling. Values and gradients, compiled.</summary>
public class WindowTests
{
    const double Tolerance = 1e-5;

    static readonly Axis Batch = new("batch", 5), Time = new("time", 24), Channel = new("channel", 10), Filter = new("filter", 17);

    readonly Parameter x = new("x", [Batch, Time, Channel], Initializers.Normal(1));

    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 4)]
    [InlineData(3, 2)]
    [InlineData(3, 7)]
    public void Dilated_causal_convolution(int taps, int dilation)
    {
        var tap = new Axis("tap", taps);
        var kernel = new Parameter("kernel", [tap, Channel, Filter], Initializers.Normal(1));
        var before = (taps - 1) * dilation;
        var longer = new Axis("padded", before + Time.Length);
        var y = x.Pad(Time, before, 0, longer).Window(longer, Time, tap, dilation: dilation).Dot(kernel, [tap, Channel]);
        Check(y, kernel, stride: 1, dilation, before);
    }

    [Theory]
    [InlineData(2, 4)]
    [InlineData(3, 7)]
    public void Dilated_causal_convolution_as_einsum(int taps, int dilation)
    {
        var before = (taps - 1) * dilation;
        var kernel = new Parameter("kernel", [new("tap", taps), Channel, Filter], Initializers.Normal(1));
        Check(Einsum($"batch time+{dilation}*tap-{before} channel, tap channel filter -> batch time filter", x, kernel), kernel, stride: 1, dilation, before);
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(4, 2)]
    [InlineData(3, 5)]
    public void Strided_convolution(int taps, int stride)
    {
        Axis tap = new("tap", taps), position = new("position", ((Time.Length - taps) / stride) + 1);
        var kernel = new Parameter("kernel", [tap, Channel, Filter], Initializers.Normal(1));
        Check(x.Window(Time, position, tap, stride).Dot(kernel, [tap, Channel]), kernel, stride, dilation: 1, before: 0);
    }

    [Theory]
    [InlineData(2, 2, 1, 0)]
    [InlineData(3, 1, 1, 1)]
    [InlineData(3, 2, 4, 1)]
    public void Largest_under_a_window(int taps, int stride, int dilation, int before)
    {
        Axis tap = new("tap", taps), longer = new("padded", before + Time.Length);
        var position = new Axis("position", ((longer.Length - 1 - (dilation * (taps - 1))) / stride) + 1);
        var y = x.Pad(Time, before, 0, longer, double.NegativeInfinity).Window(longer, position, tap, stride, dilation).Max([tap]);
        var kernel = new Parameter("kernel", [tap], Initializers.Constant(0));
        Check(y + (0 * kernel.Sum([tap])), kernel, stride, dilation, before);
    }

    [Theory]
    [InlineData(2, 2, 1, 0)]
    [InlineData(3, 2, 4, 1)]
    public void Largest_under_a_window_as_einsum(int taps, int stride, int dilation, int before)
    {
        var tap = new Axis("tap", taps);
        var y = EinsumMax($"batch {stride}*t+{dilation}*tap-{before} channel -> batch t channel", [tap], x);
        var kernel = new Parameter("kernel", [tap], Initializers.Constant(0));
        Check(y + (0 * kernel.Sum([tap])), kernel, stride, dilation, before);
    }

    void Check(Tensor y, Parameter kernel, int stride, int dilation, int before)
    {
        var weights = new Input("weights", y.Shape);
        y = y.As("y");
        using var storage = new Storage();
        var program = Program.Of("windows", [y, .. Gradient.Of((y * weights).Sum(y.Shape), [x, kernel])]);
        using var routine = new Routine(program, RoslynCompiler.Backend, storage);
        var random = new TorchRandom(17);
        foreach (var leaf in new Leaf[] { x, kernel, weights })
        {
            var numbers = new float[leaf.Shape.Elements];
            random.Normal(numbers, 0, 1);
            storage.Write(leaf, numbers);
        }

        routine.Run();
        var theirs = Torch.Run(
            "windows.py",
            [.. new Leaf[] { x, kernel, weights }.Select(leaf => TensorData.Of(leaf.Name, [.. leaf.Shape.Select(axis => axis.Length)], storage.Read(leaf))), Number("stride", stride), Number("dilation", dilation), Number("before", before)]);
        Near.Equal(theirs["y"].Floats, routine.Output(0), Tolerance, "y");
        Near.Equal(theirs["x"].Floats, routine.Output(1), Tolerance, "x.grad");
        Near.Equal(theirs["kernel"].Floats, routine.Output(2), Tolerance, "kernel.grad");
    }

    static TensorData Number(string name, int number) => TensorData.Of(name, [], [(long)number]);
}

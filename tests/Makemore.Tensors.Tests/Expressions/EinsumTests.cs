using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends.Interpreter;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Programs;
using Makemore.Testing;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;
using static Makemore.Tensors.Gradients.CentralDifferences;

namespace Makemore.Tensors.Expressions;

/// <summary>Einsums against NumPy, case by case, their gradients, and what they become.</summary>
public class EinsumTests
{
    readonly Input x = new("x", [new("batch", 2), new("time", 7), new("channel", 3)]);
    readonly Input kernel = new("kernel", [new("tap", 2), new("channel", 3), new("filter", 4)]);

    [Fact]
    public void Every_case_is_what_NumPy_computes()
    {
        Assert.True(EinsumCase.All.Count >= 60);
        foreach (var einsum in EinsumCase.All)
        {
            var result = einsum.Einsum;
            var program = Program.Of("einsum", [result]);
            var interpreter = new Interpreter(program);
            for (var i = 0; i < einsum.Operands.Count; i++)
                einsum.Elements(i).ToArray().CopyTo(interpreter[einsum.Operands[i]], 0);
            interpreter.Run();
            Assert.True(einsum.Lengths.SequenceEqual(result.Shape.Select(axis => axis.Length)), $"{einsum}: the axes are {result.Shape}");
            Assert.True(einsum.Result.SequenceEqual(interpreter[program.Outputs[0]]), $"{einsum}: the result is {string.Join(' ', interpreter[program.Outputs[0]])}");
        }
    }

    [Fact]
    public void Axes_of_the_result_are_called_by_their_labels()
    {
        Assert.Equal("[batch=2, out=4, t=6]", Einsum("batch t+k c, k c out -> batch out t", x, kernel).Shape.ToString());
        Assert.Equal("[batch=2, channel=3]", Einsum("batch 0 channel -> batch channel", x).Shape.ToString());
        Assert.Equal("[batch=2, time=7, a=3]", Einsum("... a -> ... a", x).Shape.ToString());
    }

    [Fact]
    public void Label_that_names_an_axis_means_it_wherever_it_stands()
    {
        Assert.Equal("[a=2, b=3]", Einsum("time a b -> a b", x).Shape.ToString());
        Assert.Equal("[b=2, t=5, c=3]", Einsum("b c t+2*time -> b t c", [new Axis("time", 2)], x).Shape.ToString());
    }

    [Fact]
    public void Einsum_that_changes_nothing_is_its_operand() => Assert.Same(x, Einsum("batch time channel -> batch time channel", x));

    [Fact]
    public void Programs_are_those_of_views_and_products()
    {
        Axis time = x.Shape[1], t = new("t", 5), tap = kernel.Shape[0], channel = kernel.Shape[1];
        Assert.Equal(Text(kernel.Dot(x.At(time, 0), [channel])), Text(Einsum("tap channel filter, batch 0 channel -> tap filter batch", kernel, x)));
        Assert.Equal(Text(x.Window(time, t, tap, dilation: 2).Dot(kernel, [tap, channel])), Text(Einsum("batch t+2*tap channel, tap channel filter -> batch t filter", x, kernel)));

        string Text(Tensor y) => Program.Of("program", [y.As("y"), .. Gradient.Of((y * y).Sum(y.Shape), [x, kernel])]).ToString();
    }

    [Theory]
    [InlineData(9, 8, 2, 3, "i j, j k")]
    [InlineData(9, 2, 3, 8, "j k, k l")]
    public void Several_operands_are_contracted_in_the_order_that_multiplies_least(int i, int j, int k, int l, string first)
    {
        Input a = new("a", [new("i", i), new("j", j)]), b = new("b", [new("j", j), new("k", k)]), c = new("c", [new("k", k), new("l", l)]);
        var product = Einsum("i j, j k, k l -> i l", a, b, c);
        var inner = product.Operands.Single(operand => operand is Contract);
        Assert.Equal(first == "i j, j k" ? [a, b] : [b, c], inner.Operands);
    }

    [Theory]
    [InlineData("batch t+2*k channel, k channel f -> batch t f")]
    [InlineData("batch 2*t+k-1 channel, k channel f -> t f batch")]
    [InlineData("batch 3*t+1 channel, k channel f -> f channel t")]
    [InlineData("batch t channel, t2 channel f -> batch")]
    [InlineData("b 0 c, 1 c f -> f b")]
    [InlineData("... c, k c f -> k ... f")]
    public void Gradients_are_those_of_difference_quotients(string notation) => Check(Weighted(Tanh(Einsum(notation, x, kernel))), x, kernel);

    [Fact]
    public void Gradients_of_maxima_and_of_several_operands()
    {
        Check(Weighted(EinsumMax("batch 2*t+k-1 channel -> channel t", [new Axis("k", 3)], x)), x);
        Check(Weighted(EinsumMax("batch time channel, tap channel filter -> batch filter", x, kernel)), x, kernel);
        var mixing = new Input("mixing", [new("filter", 4), new("out", 2)]);
        Check(Weighted(Tanh(Einsum("batch t+tap channel, tap channel filter, filter out, batch t2 channel -> t out", x, kernel, mixing, x))), x, kernel, mixing);
    }
}

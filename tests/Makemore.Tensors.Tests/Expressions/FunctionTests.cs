using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends.Interpreter;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Programs;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Expressions;

/// <summary>Values and gradients of functions where a formula alone might go wrong: at 0, at infinities, where nothing is chosen.</summary>
public class FunctionTests
{
    static readonly Axis I = new("i", 4), J = new("j", 4), Class = new("class", 3);

    readonly Input x = new("x", [I]), y = new("y", [I]);

    [Fact]
    public void Comparisons_are_ones_and_zeros()
    {
        Assert.Equal([1, 0, 0, 0], Values(x < y, [1, 2, 2, double.NaN], [2, 2, 1, 1]));
        Assert.Equal([1, 1, 0, 0], Values(x <= y, [1, 2, 2, double.NaN], [2, 2, 1, 1]));
        Assert.Equal([0, 0, 1, 0], Values(x > y, [1, 2, 2, double.NaN], [2, 2, 1, 1]));
        Assert.Equal([0, 1, 1, 0], Values(x >= y, [1, 2, 2, double.NaN], [2, 2, 1, 1]));
        Assert.Equal([0, 1, 0, 0], Values(Equal(x, y), [1, 2, 2, double.NaN], [2, 2, 1, double.NaN]));
        Assert.Equal([1, 0, 1, 1], Values(NotEqual(x, y), [1, 2, 2, double.NaN], [2, 2, 1, double.NaN]));
    }

    [Fact]
    public void Positions_are_compared_with_numbers_and_with_each_other()
    {
        var targets = new IndexInput("targets", [I], Class);
        var program = Program.Of("test", [NotEqual(targets, 2), PositionAlong(I) >= PositionAlong(J)]);
        var interpreter = new Interpreter(program);
        new double[] { 0, 2, 1, 2 }.CopyTo(interpreter[targets], 0);
        interpreter.Run();
        Assert.Equal([1, 0, 1, 0], interpreter[program.Outputs[0]]);
        Assert.Equal([1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 1], interpreter[program.Outputs[1]]);
    }

    [Fact]
    public void What_is_not_chosen_does_not_leak_into_value_or_gradient()
    {
        var chosen = Where(x > 0, Log(x), x);
        Assert.Equal([0, -1, double.NegativeInfinity, 0], Values(chosen, [1, -1, double.NegativeInfinity, 0], [0, 0, 0, 0]));

        // Where y is 0 the gradient that comes from above is infinite.
        var upstream = Gradient.Of((Where(y > 0, x, 0) * (1 / y)).Sum([I]), [x])[0];
        Assert.Equal([0.5, 0, 0, 1], Values(upstream, [1, 1, 1, 1], [2, 0, -1, 1]));
    }

    [Fact]
    public void Gradients_at_zero_are_those_of_PyTorch()
    {
        Assert.Equal([0, 0, 0, 1], Values(Gradient.Of(Relu(x).Sum([I]), [x])[0], [0, -0.0, -1, 1], [0, 0, 0, 0]));
        Assert.Equal([0, 0, -1, 1], Values(Gradient.Of(Abs(x).Sum([I]), [x])[0], [0, -0.0, -1, 1], [0, 0, 0, 0]));
    }

    [Fact]
    public void Equal_arguments_of_a_maximum_leave_the_gradient_to_the_first()
    {
        var gradients = Gradient.Of((Maximum(x, y) + (3 * Minimum(x, y))).Sum([I]), [x, y]);
        Assert.Equal([4, 1, 3, 4], Values(gradients[0], [1, 2, 1, 0], [1, 1, 2, 0]));
        Assert.Equal([0, 3, 1, 0], Values(gradients[1], [1, 2, 1, 0], [1, 1, 2, 0]));
    }

    [Fact]
    public void Softmax_and_its_relatives_take_large_numbers_and_minus_infinity()
    {
        double[] large = [1000, 1000, -1000, double.NegativeInfinity];
        Assert.Equal([0.5, 0.5, 0, 0], Values(Softmax(x, [I]), large, [0, 0, 0, 0]));
        Assert.Equal([-Math.Log(2), -Math.Log(2), -2000 - Math.Log(2), double.NegativeInfinity], Values(LogSoftmax(x, [I]), large, [0, 0, 0, 0]));
        Assert.Equal([1000 + Math.Log(2)], Values(LogSumExp(x, [I]), large, [0, 0, 0, 0]));
    }

    [Fact]
    public void No_query_sees_a_later_key()
    {
        var scores = Causal(x * x.Rename(I, J), I, J);
        Assert.Equal([1, 0, 0, 0, 0.5, 0.5, 0, 0, 1 / 3.0, 1 / 3.0, 1 / 3.0, 0, 0.25, 0.25, 0.25, 0.25], Values(Softmax(scores, [J]), [1, 1, 1, 1], [0, 0, 0, 0]));
        Assert.Equal("'multiply[i=4, j=4]' has no axis 'class', only [i=4, j=4]", Assert.Throws<ShapeException>(() => Causal(x * x.Rename(I, J), I, Class)).Message.Split(" (")[0]);
    }

    [Fact]
    public void Targets_that_do_not_count_have_no_part_in_the_mean_and_no_gradient()
    {
        var logits = new Input("logits", [I, Class]);
        var targets = new IndexInput("targets", [I], Class);
        var loss = MeanCrossEntropy(logits, targets, y);
        var program = Program.Of("test", [loss, Gradient.Of(loss, [logits])[0]]);
        var interpreter = new Interpreter(program);
        new double[] { 0, 0, 0, double.NaN, 0, 0, 0, 0, 0, double.NaN, 0, 0 }.CopyTo(interpreter[logits], 0);
        new double[] { 1, 0, 1, 0 }.CopyTo(interpreter[y], 0);
        interpreter.Run();
        Assert.Equal(Math.Log(3), interpreter[program.Outputs[0]][0], 12);
        Assert.Equal(-1 / 3.0, interpreter[program.Outputs[1]][0], 12);
        Assert.Equal(1 / 6.0, interpreter[program.Outputs[1]][7], 12);
    }

    double[] Values(Tensor tensor, double[] xs, double[] ys)
    {
        var program = Program.Of("test", [tensor]);
        var interpreter = new Interpreter(program);
        foreach (var leaf in program.Leaves)
            (leaf.Leaf == x ? xs : ys).CopyTo(interpreter[leaf], 0);
        interpreter.Run();
        return interpreter[program.Outputs[0]];
    }
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends.Checking;
using Makemore.Tensors.Backends.Interpreter;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Programs;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Backends;

public class FiniteCheckTests
{
    static readonly Axis I = new("i", 2), J = new("j", 3);

    readonly Input x = new("x", [I, J]), y = new("y", [J]);

    [Fact]
    public void The_logarithm_of_0_is_named_with_its_place_and_its_operand() => Assert.Equal(
        """
        log[i=1,j=0] is −∞: log[i,j] = log(x[i,j])
          x[i,j]  0..6; there 0
        """,
        First(Log(x), [1, 2, 3, 0, 5, 6])?.ToString());

    [Fact]
    public void A_division_by_0_is_named_with_both_operands() => Assert.Equal(
        """
        divide[i=0,j=1] is ∞: divide[i,j] = x[i,j]/y[j]
          x[i,j]  −3..6; there 2
          y[j]    0..4; there 0
        """,
        First(x / y, [1, 2, -3, 4, 5, 6], [1, 0, 4])?.ToString());

    [Fact]
    public void An_exponential_that_overflows_in_float_is_named() => Assert.Equal(
        """
        counts[i=0,j=2] is ∞: counts[i,j] = exp(x[i,j])
          x[i,j]  1..90; there 90
        """,
        First(Log(Exp(x).As("counts").Sum([J])), [1, 2, 90, 4, 5, 6])?.ToString());

    [Fact]
    public void Of_a_sum_the_range_of_what_was_summed_there_is_told() => Assert.Equal(
        """
        dot[i=1] is ∞: dot[i] = Σ[j] x[i,j]·y[j]
          x[i,j]  1..3e38; there 4..3e38
          y[j]    1..2; there 1..2
        """,
        First(x.Dot(y, [J]), [1, 2, 3, 4, 3e38, 6], [1, 2, 1])?.ToString());

    [Fact]
    public void An_input_that_is_not_finite_shows_where_it_is_first_read() => Assert.Equal(
        """
        tanh[i=0,j=1] is NaN: tanh[i,j] = tanh(x[i,j])
          x[i,j]  1..6 (1 of 6 not finite); there NaN
        """,
        First(Tanh(x), [1, double.NaN, 3, 4, 5, 6])?.ToString());

    [Fact]
    public void An_update_is_explained_by_what_the_parameter_was()
    {
        var parameter = new Parameter("p", [J], Initializers.Constant(0));
        var interpreter = new Interpreter.Interpreter(Program.Of("train", [], [new(parameter, parameter * y)]), Precision.Single);
        (interpreter[parameter][2], interpreter[y][2]) = (2e38, 2);
        Assert.Equal(
            """
            p[j=2] is ∞: p[j] = p[j]·y[j]
              p[j]  0..2e38; there 2e38
              y[j]  0..2; there 2
            """,
            FiniteCheck.Run(interpreter)?.ToString());
    }

    [Fact]
    public void An_element_that_gathers_contributions_shows_those_that_reached_it()
    {
        var rows = new IndexInput("rows", [J], I);
        var table = new Input("table", [I]);
        var gradient = Gradients.Gradient.Of((table[rows] * y).Sum([J]), [table])[0];
        var interpreter = new Interpreter.Interpreter(Program.Of("test", [gradient]), Precision.Single);
        (interpreter[y][0], interpreter[y][1], interpreter[y][2]) = (3e38, 1, 2e38);
        (interpreter[rows][0], interpreter[rows][1], interpreter[rows][2]) = (1, 0, 1);
        var found = FiniteCheck.Run(interpreter)!;
        Assert.EndsWith("[i=1]", found.Element);
        Assert.Equal((2e38f, 3e38f), ((float)found.Operands[^1].There.Minimum, (float)found.Operands[^1].There.Maximum));
    }

    [Fact]
    public void An_infinity_that_a_line_itself_says_is_meant()
    {
        var mask = Map.Of(Formulas.ScalarFunction.GreaterOrEqual, y, 2.0);
        Assert.Null(First(Exp(Maximum(x, double.NegativeInfinity).As("scores") * mask), [1, 2, 3, 4, 5, 6]));
        Assert.Null(First(Exp((y + new Constant(double.NegativeInfinity)).As("masked")), [1, 2, 3, 4, 5, 6], [1, 2, 3]));
        Assert.Null(First(x.Pad(J, 1, 0, new Axis("j", 4), double.NegativeInfinity).As("padded").Max([new Axis("j", 4)]), [1, 2, 3, 4, 5, 6]));
        Assert.NotNull(First(x + double.PositiveInfinity - double.PositiveInfinity, [1, 2, 3, 4, 5, 6]));
    }

    [Fact]
    public void A_run_in_which_all_is_finite_finds_nothing_and_goes_to_its_end()
    {
        var interpreter = new Interpreter.Interpreter(Program.Of("test", [Exp(x)]), Precision.Single);
        Assert.Null(FiniteCheck.Run(interpreter));
        Assert.Equal(1, interpreter[interpreter.Program.Outputs[0]][5]);
    }

    NotFinite? First(Tensor output, double[] ofX, double[]? ofY = null)
    {
        var interpreter = new Interpreter.Interpreter(Program.Of("test", [output]), Precision.Single);
        foreach (var leaf in interpreter.Program.Leaves)
            (leaf.Leaf == x ? ofX : ofY ?? [1, 1, 1]).CopyTo(interpreter[leaf], 0);
        return FiniteCheck.Run(interpreter);
    }
}

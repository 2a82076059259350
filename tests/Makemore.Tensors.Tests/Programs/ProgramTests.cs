using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Gradients;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Programs;

public class ProgramTests
{
    static readonly Axis I = new("i", 3), J = new("j", 4), V = new("v", 5);

    readonly Input x = new("x", [I, J]), y = new("y", [J]);
    readonly IndexInput rows = new("rows", [I], V);

    [Fact]
    public void Equal_expressions_are_computed_once() =>
        Assert.Equal(["tanh[i,j] = tanh(x[i,j] + y[j])", "multiply[i,j] = tanh[i,j]²"], Lines(Tanh(x + y) * Tanh(x + y)));

    [Fact]
    public void Equal_expressions_are_computed_once_under_their_name() =>
        Assert.Equal(["h[i,j] = tanh(x[i,j])", "add[i,j] = h[i,j] + exp(h[i,j])"], Lines(Tanh(x) + Exp(Tanh(x).As("h"))));

    [Fact]
    public void Expressions_that_differ_only_in_order_are_different() => Assert.Equal(2, Lines((x * y).As("left"), (y * x).As("right")).Length);

    [Fact]
    public void What_nobody_needs_is_not_computed()
    {
        var loss = (x * y).Sum(x.Shape);
        _ = Gradient.Of(loss, [x, y]);
        Assert.Equal(["sum = Σ[i,j] x[i,j]·y[j]"], Lines(loss));
        Assert.Equal(["y.grad[j] = Σ[i] x[i,j]"], Lines(Gradient.Of(loss, [x, y])[1]));
    }

    [Fact]
    public void What_is_named_has_a_line_of_its_own_and_the_rest_is_written_inside() =>
        Assert.Equal(["h[i,j] = tanh(x[i,j])", "log[i,j] = log(exp(h[i,j]) + 1)"], Lines(Log(Exp(Tanh(x).As("h")) + 1)));

    [Fact]
    public void What_is_used_twice_has_a_line() =>
        Assert.Equal(["exp[i,j] = exp(x[i,j])", "divide[i,j] = exp[i,j]/(exp[i,j] + 1)"], Lines(Exp(x) / (Exp(x) + 1)));

    [Fact]
    public void What_would_be_repeated_along_a_new_axis_has_a_line() =>
        Assert.Equal(["exp[j] = exp(y[j])", "multiply[i,j] = x[i,j]·exp[j]"], Lines(x * Exp(y)));

    [Fact]
    public void Two_values_of_one_name_are_told_apart() =>
        Assert.Equal(["h[i,j] = tanh(x[i,j])", "h2[i,j] = tanh(h[i,j])"], Lines(Tanh(Tanh(x).As("h")).As("h")));

    [Fact]
    public void A_value_does_not_take_the_name_of_a_leaf() => Assert.Equal(["x2[i,j] = tanh(x[i,j])"], Lines(Tanh(x).As("x")));

    [Fact]
    public void Two_leaves_of_one_name_are_refused() =>
        Assert.Equal("two leaves are called 'x'", Assert.Throws<ArgumentException>(() => Lines(x + new Input("x", [J]))).Message);

    [Fact]
    public void A_leaf_may_be_an_output()
    {
        var program = Program.Of("leaf", [x, x.Detach()]);
        Assert.Empty(program.Assignments);
        Assert.All(program.Outputs, output => Assert.Same(x, output.Leaf));
    }

    [Fact]
    public void A_constant_may_be_an_output() => Assert.Equal(["constant = 2"], Lines(2));

    [Fact]
    public void Renamed_and_turned_values_may_be_outputs()
    {
        var other = new Axis("other", 3);
        Assert.Equal(["rename[other,j] = x[other,j]"], Lines(x.Rename(I, other)));
        Assert.Equal(["tanh[i,j] = tanh(x[i,j])", "rename[other,j] = tanh[other,j]"], Lines(Tanh(x).Rename(I, other)));
    }

    [Fact]
    public void Lookups_are_written_inside_one_another()
    {
        var table = new Input("table", [V, J]);
        var deep = new IndexInput("deep", [new Axis("t", 2)], I);
        Assert.Equal(["gather[t,j] = table[rows[deep[t]],j]"], Lines(table[rows[deep]]));
    }

    [Fact]
    public void Long_chains_are_cut_into_readable_lines()
    {
        var chain = Enumerable.Range(0, 1000).Aggregate((Tensor)x, (sum, i) => (sum * (i / 1000.0)) + y);
        var lines = Lines(chain);
        Assert.InRange(lines.Length, 20, 200);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 500));
    }

    static string[] Lines(params Tensor[] outputs) => [.. Program.Of("test", outputs).Assignments.Select(assignment => assignment.ToString())];
}

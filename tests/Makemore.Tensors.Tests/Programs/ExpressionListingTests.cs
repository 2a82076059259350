using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Testing;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Programs;

public class ExpressionListingTests
{
    static readonly Axis I = new("i", 2), J = new("j", 3);

    readonly Input x = new("x", [I, J]);

    [Fact]
    public void Training_of_the_lectures_MLP_as_it_was_written() => Expected.Matches("mlp-train.expressions", new LectureMlp().Training().Expressions.ToString());

    [Fact]
    public void Every_expression_stands_once_and_behind_its_operands()
    {
        var shared = Exp(x);
        var items = Program.Of("test", [(shared * shared) + shared.Sum([J])]).Expressions.Items;
        Assert.Equal(["x", "#2", "#3", "#4", "#5"], items.Select(item => item.Name));
        Assert.Equal(["input", "exp(x)", "multiply(#2, #2)", "sum(#2) over j", "add(#3, #4)"], items.Select(item => item.Text));
    }

    [Fact]
    public void Equal_expressions_are_not_merged_yet() =>
        Assert.Equal(["input", "exp(x)", "exp(x)", "add(#2, #3)"], Program.Of("test", [Exp(x) + Exp(x)]).Expressions.Items.Select(item => item.Text));

    [Fact]
    public void Two_expressions_of_one_name_are_told_apart() =>
        Assert.Equal(["x", "h", "h2"], Program.Of("test", [Tanh(Tanh(x).As("h")).As("h")]).Expressions.Items.Select(item => item.Name));

    [Fact]
    public void Constants_stand_where_they_are_used() =>
        Assert.Equal("multiply(x, −0.5)", Program.Of("test", [x * -0.5]).Expressions.Items[^1].Text);

    [Fact]
    public void What_only_the_optimizer_needs_belongs_to_the_update()
    {
        Parameter p = new("p", [I], Initializers.Constant(0)), q = new("q", [I], Initializers.Constant(0));
        var rate = new Input("lr", Shape.Scalar);
        var gradient = Exp(p).As("p.grad");
        var items = Program.Of("train", [], [new(p, p - (rate * gradient)), new(q, gradient)]).Expressions.Items;
        Assert.Equal(["p", "p.grad"], items.Where(item => item.Section == Section.Backward).Select(item => item.Name));
        Assert.Equal(["input", "multiply(lr, p.grad)", "subtract(p, #4)", "becomes #5", "becomes p.grad"], items.Where(item => item.Section == Section.Update).Select(item => item.Text));
    }

    [Fact]
    public void A_chain_of_ten_thousand_expressions_is_listed() =>
        Assert.Equal(20_001, Program.Of("test", [Enumerable.Range(0, 10_000).Aggregate((Tensor)x, (sum, _) => Tanh(sum) * 0.9)]).Expressions.Items.Count);
}

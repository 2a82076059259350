using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Programs;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;
using static Makemore.Tensors.Gradients.CentralDifferences;

namespace Makemore.Tensors.Gradients;

public class CustomGradientTests
{
    static readonly Axis I = new("i", 3), J = new("j", 4);

    readonly Input x = new("x", [I, J]), w = new("w", [J]);

    [Fact]
    public void A_straight_through_estimator_has_the_gradient_of_what_it_rounds()
    {
        var sign = WithGradient(Where(x > 1, 1, -1), [x], (_, upstream) => [2 * upstream]);
        Assert.Equal(
            ["where[i,j] = [x[i,j] > 1] ? 1 : −1", "x.grad[i,j] = 2·w[j]"],
            Lines(sign, Gradient.Of((sign * w).Sum([I, J]), [x])[0]));
    }

    [Fact]
    public void A_gradient_is_clipped_on_its_way_back()
    {
        var clipped = WithGradient(x, [x], (_, upstream) => [Maximum(-1, Minimum(1, upstream))]);
        Assert.Equal(["x.grad[i,j] = max(−1, min(1, w[j]))"], Lines(Gradient.Of((clipped * w).Sum([I, J]), [x])[0]));
    }

    [Fact]
    public void A_rule_that_says_what_follows_anyway_changes_no_gradient_of_any_order()
    {
        var product = WithGradient(x * w, [x, w], (_, upstream) => [upstream * w, (upstream * x).Sum([I])]);
        Check(Weighted(Tanh(product)), x, w);
        Check(Weighted(Gradient.Of(Weighted(Tanh(product)), [w])[0], "others"), x, w);
    }

    [Fact]
    public void No_gradient_flows_to_what_the_rule_leaves_out()
    {
        var half = WithGradient(x * w, [x, w], (_, upstream) => [upstream * w, null]);
        Assert.Equal(["w.grad[j] = Σ[i] x[i,j]"], Lines(Gradient.Of(half.Sum([I, J]) + (x * w).Sum([I, J]), [w])[0]));
    }

    [Fact]
    public void A_rule_that_gives_other_axes_is_refused_by_name()
    {
        var wrong = WithGradient(x * w, [w], (_, upstream) => [upstream]).As("wrong");
        var refusal = Assert.Throws<ShapeException>(() => Gradient.Of(wrong.Sum([I, J]), [w]));
        Assert.StartsWith("the gradient rule of 'wrong' gives [i=3, j=4] for 'w', which has [j=4]", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_gives_too_few_gradients_is_refused()
    {
        var wrong = WithGradient(x * w, [x, w], (_, upstream) => [upstream]).As("wrong");
        var refusal = Assert.Throws<ShapeException>(() => Gradient.Of(wrong.Sum([I, J]), [w]));
        Assert.StartsWith("the gradient rule of 'wrong' gives 1 gradients for 2 operands", refusal.Message, StringComparison.Ordinal);
    }

    static IEnumerable<string> Lines(params Tensor[] outputs) => Program.Of("test", outputs).Assignments.Select(assignment => assignment.ToString()!);
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;
using static Makemore.Tensors.Gradients.CentralDifferences;

namespace Makemore.Tensors.Gradients;

public class PrimitiveGradientTests
{
    static readonly Axis I = new("i", 3), J = new("j", 4), K = new("k", 2), V = new("v", 5), T = new("t", 6);

    readonly Input a = new("a", [I, J]), b = new("b", [J, K]), table = new("table", [V, J]);
    readonly IndexInput rows = new("rows", [T, I], V);

    [Fact]
    public void Contract_of_matrices() => Check(Weighted(a.Dot(b, [J])), a, b);

    [Fact]
    public void Contract_over_several_axes()
    {
        var cube = new Input("cube", [K, J, I]);
        Check(Weighted(cube.Dot(a, [I, J])), cube, a);
        Check(cube.Dot(new Input("other", [J, I, K]), [I, J, K]), cube);
    }

    [Fact]
    public void Contract_with_a_batch_axis()
    {
        var (left, right) = (new Input("left", [I, T, J]), new Input("right", [I, J, K]));
        Check(Weighted(left.Dot(right, [J])), left, right);
    }

    [Fact]
    public void Contract_over_an_axis_that_only_one_operand_has()
    {
        Check(Weighted(a.Dot(b, [I])), a, b);
        Check(Weighted(a.Dot(b, [K])), a, b);
        Check(Weighted(a.Dot(b, [I, J])), a, b);
        Check(a.Dot(b, [I, J, K]), a, b);
    }

    [Fact]
    public void Contract_with_a_scalar_and_of_a_tensor_with_itself()
    {
        var scalar = new Input("scalar", Shape.Scalar);
        Check(Weighted(a.Dot(scalar, [J])), a, scalar);
        Check(Weighted(a.Dot(a, [J])), a);
    }

    [Fact]
    public void Contract_over_nothing_is_a_product() => Check(Weighted(a.Dot(b, Shape.Scalar)), a, b);

    [Fact]
    public void Sum_over_each_axis_and_over_all()
    {
        Check(Weighted((a * a).Sum([I])), a);
        Check(Weighted((a * a).Sum([J])), a);
        Check((a * a).Sum([J, I]), a);
        Check(Weighted((a * a).Mean([J])), a);
    }

    [Fact]
    public void Largest_over_each_axis_and_over_all()
    {
        Check(Weighted((a * a).Max([I])), a);
        Check(Weighted((a * a).Max([J])), a);
        Check((a * a).Max([J, I]), a);
    }

    [Fact]
    public void Gather_of_rows_and_scatter_of_their_gradients() => Check(Weighted(Tanh(table[rows])), table);

    [Fact]
    public void Gather_of_one_element_a_row()
    {
        var logits = new Input("logits", [T, V]);
        Check(Weighted(Tanh(logits[new IndexInput("targets", [T], V)])), logits);
    }

    [Fact]
    public void Gather_with_an_axis_that_the_table_shares_and_one_that_it_lacks()
    {
        var perBatch = new Input("perBatch", [I, V]);
        Check(Weighted(Tanh(perBatch[rows])), perBatch);
    }

    [Fact]
    public void Gather_of_a_computed_table_by_a_single_index() => Check(Weighted(Exp(table)[new IndexInput("one", Shape.Scalar, V)]), table);

    [Fact]
    public void Second_gradient_goes_through_the_scatter_and_back_through_the_gather()
    {
        var gradient = Gradient.Of(Weighted(Exp(table[rows] * table[rows])), [table])[0];
        Check(Weighted(gradient * gradient, "others"), table);
    }

    [Fact]
    public void Rename_twice_within_one_expression()
    {
        var square = new Input("square", [I]);
        var other = square.Rename(I, new Axis("other", 3));
        Check(Weighted(Tanh(square * other) + other), square);
    }

    [Fact]
    public void Broadcast_along_new_axes() => Check(Weighted(Tanh(a).BroadcastTo([K, J, T, I]) * b), a, b);

    [Fact]
    public void Sum_to_fewer_axes() => Check(Weighted((a * b).SumTo([K])), a, b);

    [Fact]
    public void No_gradient_flows_through_what_is_detached()
    {
        var gradients = Gradient.Of((a * Tanh(a).Detach()).Sum(a.Shape) + Exp(b).Detach().Sum(b.Shape), [a, b]);
        Assert.Equal("a.grad[i,j] = tanh(a[i,j])", Programs.Program.Of("detached", [gradients[0]]).Assignments[^1].ToString());
        Assert.Equal("broadcast[j,k] = 0", Programs.Program.Of("detached", [gradients[1]]).Assignments[^1].ToString());
    }
}

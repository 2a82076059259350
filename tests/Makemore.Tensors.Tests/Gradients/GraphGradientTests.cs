using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Testing;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;
using static Makemore.Tensors.Gradients.CentralDifferences;

namespace Makemore.Tensors.Gradients;

public class GraphGradientTests
{
    static readonly Axis I = new("i", 3), J = new("j", 4);

    readonly Input x = new("x", [I, J]), w = new("w", [J]);

    [Fact]
    public void Paths_that_part_and_meet_again_add_up()
    {
        var left = Tanh(x * w);
        var right = Exp(left) + left;
        Check(Weighted((left * right) + (right / (left + 2))), x, w);
    }

    [Fact]
    public void A_tensor_used_ten_times_has_the_sum_of_ten_gradients() =>
        Check(Weighted(Enumerable.Range(1, 10).Select(i => Tanh(x * i) * w).Aggregate((sum, term) => sum + term)), x, w);

    [Fact]
    public void A_tensor_used_twice_by_one_operation() => Check(Weighted((x * x) + (x / x) + (x - x)), x);

    [Fact]
    public void Cross_entropy()
    {
        var classes = new Axis("classes", 5);
        var logits = new Input("logits", [I, classes]);
        Check(Weighted(CrossEntropy(logits * 3, new IndexInput("targets", [I], classes))), logits);
    }

    [Fact]
    public void Softmax_and_layer_norm()
    {
        var counts = Exp(x - x.Max([J]).Detach());
        Check(Weighted(counts / counts.Sum([J])), x);
        var centred = x - x.Mean([J]);
        Check(Weighted((centred / Sqrt((centred * centred).Mean([J]) + 1e-5) * w) + w), x, w);
    }

    [Fact]
    public void Gradients_of_gradients_of_gradients()
    {
        var first = Gradient.Of(Weighted(Tanh(x * w) * w), [x])[0];
        var second = Gradient.Of((first * first).Sum(first.Shape), [w])[0];
        Check(Weighted(second, "others"), x, w);
    }

    [Fact]
    public void Gradient_by_something_in_between_is_that_of_what_follows_it()
    {
        var h = Tanh(x).As("h");
        var gradient = Gradient.Of((h * h).Sum(h.Shape), [h])[0];
        Assert.Equal("h.grad", gradient.Name);
        Check((gradient * gradient).Sum(gradient.Shape), x);
    }

    [Fact]
    public void Gradient_by_what_does_not_matter_is_zero_and_by_itself_one()
    {
        var scalar = w.Sum([J]);
        Assert.Equal(1, Assert.IsType<Constant>(Gradient.Of(scalar, [scalar])[0]).Value);
        Assert.Equal("broadcast[i,j] = 0", Programs.Program.Of("zero", [Gradient.Of(scalar, [x])[0]]).Assignments[^1].ToString());
    }

    [Fact]
    public void Largest_elements_that_are_equal_share_the_gradient()
    {
        var program = Programs.Program.Of("ties", [Gradient.Of(x.Max([I, J]), [x])[0]]);
        var interpreter = new Backends.Interpreter.Interpreter(program);
        new double[] { 1, 7, 3, 7, 0, 7, 7, 2, 3, 4, 5, 6 }.CopyTo(interpreter[x], 0);
        interpreter.Run();
        Assert.Equal([0, 0.25, 0, 0.25, 0, 0.25, 0.25, 0, 0, 0, 0, 0], interpreter[program.Outputs[0]]);
    }

    [Fact]
    public void The_MLP_of_the_lectures()
    {
        var mlp = new LectureMlp(batch: 5, examples: 9, block: 3, vocab: 4, embed: 2, hidden: 6);
        Check(mlp.Loss, [.. mlp.Parameters]);
    }
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Roslyn;

/// <summary>Products whose sums are long and few, so that the right operand is read where it lies: each has operands of its own, since one that serves several is copied.</summary>
public class InnerProductTests
{
    static readonly Axis M = new("m", 5), N = new("n", 27), K = new("k", 41), B = new("b", 2), D = new("d", 3);

    int operands;

    [Fact]
    public void In_every_order_of_axes() => Agree(
        6,
        [
            .. from left in (Shape[])[[M, K], [K, M]] select Dot(left, [N, K]),
            .. from left in ProductTests.Permutations([B, M, K]) from right in ProductTests.Permutations([B, N, K]) select Dot(left, right),
            .. from right in (Shape[])[[N, K, D], [N, D, K], [D, N, K]] select Dot([M, K, D], right, [K, D]),
        ]);

    [Fact]
    public void Started_with_what_is_added() => Agree(
        6, [.. new Shape[] { [N], [M], [], [M, N], [N, M] }.Select(shape => Dot([M, K], [N, K]) + Fresh(shape)), Dot([M, K], [N, K]) + Tanh(Fresh([M, N])), Fresh([N]) + Dot([M, K], [N, K])]);

    [Fact]
    public void Inside_of_functions() => Agree(
        6, Tanh(Dot([M, K], [N, K])), Maximum(0, Dot([M, K], [N, K])), Dot([M, K], [N, K]) * Dot([M, K], [N, K]), Softmax(Dot([M, K], [N, K]), [N]), Dot([M, K], [N, K]).Sum([M]));

    [Fact]
    public void Of_parts_of_tensors()
    {
        Axis all = new("all", 60), three = new("three", 3);
        Agree(
            5,
            Fresh([M, all]).Slice(all, 7, K).Dot(Fresh([N, K]), [K]),
            Fresh([M, K]).Dot(Fresh([N, all]).Slice(all, 3, K), [K]),
            Fresh([M, K]).Dot(Fresh([three, N, K]).At(three, 1), [K]),
            Concatenate(new Axis("m", 10), Dot([M, K], [N, K]), Dot([M, K], [N, K])));
    }

    [Fact]
    public void With_axes_of_any_length()
    {
        Axis rows = Axis.UpTo("rows", 9), columns = Axis.UpTo("columns", 21), depth = Axis.UpTo("depth", 50);
        Agree(
            7,
            Dot([rows, K], [N, K]), Dot([M, K], [columns, K]), Dot([M, depth], [N, depth], [depth]), Dot([rows, depth], [columns, depth], [depth]),
            Dot([B, M, K], [B, columns, K]), Dot([rows, K], [N, K]) + Fresh([rows, N]), Dot([M, depth], [N, depth], [depth]) + Fresh([N]));
    }

    [Fact]
    public void Of_the_lectures_network_and_its_gradients()
    {
        Parameter hidden = new("hidden", [D, K], Initializers.Constant(0)), output = new("output", [N, K], Initializers.Constant(0)), bias = new("bias", [N], Initializers.Constant(0));
        var logits = Tanh(Fresh([M, D]).Dot(hidden, [D])).Dot(output, [K]) + bias;
        var loss = (Exp(logits * 0.1) * Fresh([M, N])).Sum([M, N]);
        Agree(1, [loss, .. Gradient.Of(loss, [hidden, output, bias])]);
    }

    static void Agree(int inner, params Tensor[] outputs)
    {
        var program = Program.Of("test", outputs);
        Assert.Equal(inner, LoopProgram.Of(program).Steps.OfType<ProductStep>().Count(product => product.IsInner));
        Compiled.AgreesWithInterpreter(program);
    }

    Tensor Dot(Shape left, Shape right, Shape? over = null) => Fresh(left).Dot(Fresh(right), over ?? [K]);

    Input Fresh(Shape shape) => new($"x{++operands}", shape);
}

using System.Runtime.CompilerServices;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Gradients;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Expressions;

/// <summary>What somebody reads who made a mistake with axes: the axis, the lengths, the tensors, and the line of his own code.</summary>
public class ShapeErrorTests
{
    static readonly Axis Batch = new("batch", 32), Hidden = new("hidden", 200), Narrow = new("hidden", 100), Vocab = new("vocab", 27), Embed = new("embed", 10);

    readonly Parameter W1 = new("W1", [Embed, Hidden], Initializers.Normal(1));
    readonly Parameter b1 = new("b1", [Narrow], Initializers.Normal(1));
    readonly Parameter C = new("C", [Vocab, Embed], Initializers.Normal(1));
    readonly Input x = new("x", [Batch, Embed]);
    readonly Input narrow = new("narrow", [Batch, Narrow]);
    readonly IndexInput y = new("y", [Batch], Vocab);

    [Fact]
    public void Sum_of_two_lengths() =>
        Fails("axis 'hidden' has length 200 in 'W1' and 100 in 'b1'", () => W1 + b1);

    [Fact]
    public void Every_operator_names_the_callers_line()
    {
        Fails("axis 'hidden' has length 200 in 'W1' and 100 in 'b1'", () => W1 - b1);
        Fails("axis 'hidden' has length 200 in 'W1' and 100 in 'b1'", () => W1 * b1);
        Fails("axis 'hidden' has length 200 in 'W1' and 100 in 'b1'", () => W1 / b1);
        Fails("axis 'hidden' has length 200 in 'W1' and 100 in 'b1'", () => Maximum(W1, b1));
    }

    [Fact]
    public void An_expression_without_a_name_is_called_by_its_operation_and_axes()
    {
        Fails("axis 'hidden' has length 200 in 'dot[batch=32, hidden=200]' and 100 in 'b1'", () => x.Dot(W1, over: [Embed]) + b1);
        Fails("axis 'hidden' has length 200 in 'preact' and 100 in 'b1'", () => x.Dot(W1, over: [Embed]).As("preact") + b1);
    }

    [Fact]
    public void Dot_of_two_lengths() =>
        Fails("axis 'hidden' has length 100 in 'narrow' and 200 in 'W1'", () => narrow.Dot(W1, over: [Embed]));

    [Fact]
    public void Dot_over_an_axis_that_neither_has() =>
        Fails("'W1' has no axis 'vocab', only [embed=10, hidden=200]", () => x.Dot(W1, over: [Vocab]));

    [Fact]
    public void Dot_over_an_axis_of_another_length() =>
        Fails("axis 'embed' has length 11 here and 10 in 'W1'", () => x.Dot(W1, over: [new Axis("embed", 11)]));

    [Fact]
    public void Sum_over_a_missing_axis()
    {
        Fails("'x' has no axis 'hidden', only [batch=32, embed=10]", () => x.Sum([Hidden]));
        Fails("'x' has no axis 'hidden', only [batch=32, embed=10]", () => x.Max([Hidden]));
        Fails("'x' has no axis 'hidden', only [batch=32, embed=10]", () => x.Mean([Hidden]));
    }

    [Fact]
    public void Sum_over_an_axis_of_another_length() =>
        Fails("axis 'hidden' has length 100 here and 200 in 'W1'", () => W1.Sum([Narrow]));

    [Fact]
    public void Gather_with_numbers_in_place_of_indices() =>
        Fails("'x' holds numbers, where positions along an axis of 'C' are needed", () => C[x]);

    [Fact]
    public void Gather_from_a_table_without_the_axis() =>
        Fails("'W1' has no axis 'vocab', only [embed=10, hidden=200]", () => W1[y]);

    [Fact]
    public void Gather_with_indices_that_run_along_the_axis_they_point_into() =>
        Fails("'next' points into 'vocab', which is also an axis of its own", () => C[new IndexInput("next", [Vocab], Vocab)]);

    [Fact]
    public void Gather_where_an_axis_has_two_lengths() =>
        Fails("axis 'embed' has length 10 in 'C' and 4 in 'few'", () => C[new IndexInput("few", [new Axis("embed", 4)], Vocab)]);

    [Fact]
    public void Arithmetic_with_indices()
    {
        Fails("'y' holds positions along 'vocab', where numbers are needed", () => y + 1);
        Fails("'y' holds positions along 'vocab', where numbers are needed", () => y.Sum([Batch]));
        Fails("'y' holds positions along 'vocab', where numbers are needed", () => x.Dot(y, over: [Batch]));
    }

    [Fact]
    public void Cross_entropy_with_numbers_as_targets() =>
        Fails("'x' holds numbers, where positions along an axis of 'C' are needed", () => CrossEntropy(C, x));

    [Fact]
    public void Rename_of_a_missing_axis() =>
        Fails("'x' has no axis 'hidden', only [batch=32, embed=10]", () => x.Rename(Hidden, new Axis("other", 200)));

    [Fact]
    public void Rename_to_another_length() =>
        Fails("axis 'embed' of 'x' has length 10 and cannot become 'hidden' of length 200", () => x.Rename(Embed, Hidden));

    [Fact]
    public void Rename_to_a_name_that_is_taken()
    {
        var square = new Input("square", [new Axis("i", 3), new Axis("j", 3)]);
        Fails("'square' has an axis 'j' already", () => square.Rename(square.Shape[0], square.Shape[1]));
    }

    [Fact]
    public void Broadcast_to_axes_that_do_not_hold_all() =>
        Fails("'x' has an axis 'embed' that [batch=32, hidden=200] lacks", () => x.BroadcastTo([Batch, Hidden]));

    [Fact]
    public void Update_with_other_axes() =>
        FailsWith("'W1' has the axes [embed=10, hidden=200] and its new value 'x' has [batch=32, embed=10]", () => new Update(W1, x));

    [Fact]
    public void Gradient_of_what_is_no_scalar() =>
        FailsWith("only a scalar has a gradient, and 'x' has the axes [batch=32, embed=10]: sum or average it first", () => Gradient.Of(x, [x]));

    static void Fails(string message, Func<Tensor> build, [CallerLineNumber] int line = 0) => FailsWith(message, build, line);

    static void FailsWith(string message, Func<object> build, [CallerLineNumber] int line = 0) =>
        Assert.Equal($"{message} (ShapeErrorTests.cs:{line})", Assert.Throws<ShapeException>(build).Message);
}

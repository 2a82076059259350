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
    public void Slice_or_position_that_the_axis_does_not_have()
    {
        Fails("positions 3 to 10 of axis 'embed' are needed, and 'x' has only 0 to 9", () => x.Slice(Embed, 3, new Axis("few", 8)));
        Fails("positions -1 to 2 of axis 'embed' are needed, and 'x' has only 0 to 9", () => x.Slice(Embed, -1, new Axis("few", 4)));
        Fails("positions 1 to 13 of axis 'embed' are needed, and 'x' has only 0 to 9", () => x.Slice(Embed, 1, new Axis("few", 5), step: 3));
        Fails("positions 10 to 10 of axis 'embed' are needed, and 'x' has only 0 to 9", () => x.At(Embed, 10));
        Fails("a slice along 'embed' needs a step of at least 1, not 0", () => x.Slice(Embed, 1, new Axis("few", 5), step: 0));
        Fails("'x' has no axis 'hidden', only [batch=32, embed=10]", () => x.At(Hidden, 0));
        Fails("'x' has no axis 'hidden', only [batch=32, embed=10]", () => x.Slice(Hidden, 0, Embed));
        Fails("'x' has an axis 'batch' already", () => x.Slice(Embed, 0, new Axis("batch", 2)));
    }

    [Fact]
    public void Split_into_lengths_that_do_not_multiply()
    {
        Fails("axis 'embed' of 'x' has length 10 and cannot be split into [pair=5, bit=3] of 15 elements", () => x.Split(Embed, [new("pair", 5), new("bit", 3)]));
        Fails("'x' has an axis 'batch' already", () => x.Split(Embed, [new("batch", 5), new("bit", 2)]));
        Fails("'x' has no axis 'hidden', only [batch=32, embed=10]", () => x.Split(Hidden, [new("pair", 100), new("bit", 2)]));
    }

    [Fact]
    public void Merge_to_another_length_of_a_missing_axis_or_to_a_name_that_is_taken()
    {
        Fails("the axes [batch=32, embed=10] of 'x' have 320 elements and cannot become 'both' of length 300", () => x.Merge([Batch, Embed], new Axis("both", 300)));
        Fails("'x' has no axis 'hidden', only [batch=32, embed=10]", () => x.Merge([Batch, Hidden], new Axis("both", 6400)));
        Fails("'cube' has an axis 'k' already", () => new Input("cube", [new("i", 2), new("j", 3), new("k", 4)]).Merge([new("i", 2), new("j", 3)], new Axis("k", 6)));
    }

    [Fact]
    public void Permute_to_other_axes() =>
        Fails("'x' has the axes [batch=32, embed=10], which cannot be put in the order [embed=10, hidden=200]", () => x.Permute([Embed, Hidden]));

    [Fact]
    public void Pad_to_another_length_or_with_what_is_no_position()
    {
        Fails("axis 'embed' of 'x' has length 10 and, with 2 before and 1 after it, cannot become 'padded' of length 12", () => x.Pad(Embed, 2, 1, new Axis("padded", 12)));
        Fails("axis 'embed' of 'x' has length 10 and, with -2 before and 0 after it, cannot become 'padded' of length 8", () => x.Pad(Embed, -2, 0, new Axis("padded", 8)));
        Fails("'y' holds positions along 'vocab', and 27 is none of its 27", () => y.Pad(Batch, 1, 0, new Axis("padded", 33), value: 27));
        Fails("'y' holds positions along 'vocab', and 0.5 is none of its 27", () => y.Shift(Batch, 1, value: 0.5));
    }

    [Fact]
    public void Positions_along_an_axis_that_is_shorter()
    {
        Fails("'y' holds positions along 'vocab' of length 27, which cannot be positions along 'few' of length 26", () => y.PointingInto(new Axis("few", 26)));
        Fails("'x' holds numbers, which cannot be positions along 'few' of length 26", () => x.PointingInto(new Axis("few", 26)));
    }

    [Fact]
    public void Shift_by_which_nothing_is_left()
    {
        Fails("a shift by 10 leaves nothing of axis 'embed' of 'x', which has length 10", () => x.Shift(Embed, 10));
        Fails("a shift by -11 leaves nothing of axis 'embed' of 'x', which has length 10", () => x.Shift(Embed, -11));
    }

    [Fact]
    public void Window_beyond_the_end_or_of_a_name_that_is_taken()
    {
        Axis position = new("position", 8), tap = new("tap", 2);
        Fails("positions 0 to 10 of axis 'embed' are needed, and 'x' has only 0 to 9", () => x.Window(Embed, position, tap, dilation: 3));
        Fails("positions 0 to 15 of axis 'embed' are needed, and 'x' has only 0 to 9", () => x.Window(Embed, position, tap, stride: 2));
        Fails("positions -1 to 7 of axis 'embed' are needed, and 'x' has only 0 to 9", () => x.Window(Embed, position, tap, offset: -1));
        Fails("'x' has an axis 'batch' already", () => x.Window(Embed, position, new Axis("batch", 2)));
        Fails("'x' has an axis 'position' already", () => x.Window(Embed, position, new Axis("position", 2)));
        Fails("a window along 'embed' needs a stride and a dilation of at least 1, not 0 and 1", () => x.Window(Embed, position, tap, stride: 0));
    }

    [Fact]
    public void Stack_of_what_does_not_fit()
    {
        Axis two = new("two", 2);
        Fails("axis 'two' has length 2, and 3 tensors are stacked along it", () => Stack(two, x, x, x));
        Fails("'narrow' has the axes [batch=32, hidden=100] and 'x' has [batch=32, embed=10]: they cannot be joined", () => Stack(two, x, narrow));
        Fails("axis 'hidden' has length 200 in 'wide' and 100 in 'narrow'", () => Stack(two, new Input("wide", [Batch, Hidden]), narrow));
        Fails("'x' has an axis 'batch' already", () => Stack(new Axis("batch", 2), x, x));
        Fails("'n' holds numbers and 'y' positions along 'vocab': they cannot be joined", () => Stack(two, y, new Input("n", [Batch])));
    }

    [Fact]
    public void Concatenate_of_what_does_not_fit()
    {
        Fails("axis 'batch' has length 60, and the parts have 32 + 32", () => Concatenate(new Axis("batch", 60), x, x));
        Fails("'W1' has no axis 'batch', only [embed=10, hidden=200]", () => Concatenate(new Axis("batch", 64), x, W1));
        Fails("'narrow' has the axes [batch=32, hidden=100] and 'x' has [batch=32, embed=10]: they cannot be joined", () => Concatenate(new Axis("batch", 64), x, narrow));
        Fails("axis 'embed' has length 10 in 'x' and 9 in 'other'", () => Concatenate(new Axis("batch", 64), x, new Input("other", [Batch, new Axis("embed", 9)])));
    }

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

using System.Text.RegularExpressions;
using Makemore.Tensors.Axes;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Expressions;

/// <summary>What somebody reads who made a mistake in a notation: what is wrong, at which character, and the line of his own code.</summary>
public class EinsumErrorTests
{
    readonly Input x = new("x", [new("batch", 2), new("time", 7), new("channel", 3)]);
    readonly Input y = new("y", [new("channel", 3), new("out", 4)]);
    readonly Input square = new("square", [new("i", 3), new("j", 3)]);

    [Theory]
    [InlineData("b t c", 6, "the result is missing; write '->' and its labels")]
    [InlineData("", 1, "the result is missing; write '->' and its labels")]
    [InlineData("b t c -> b -> t", 12, "a label or a number is missing before '-'")]
    [InlineData("b t c -> b, t", 11, "',' is no part of an index")]
    [InlineData("b t_1 c! -> b", 8, "'!' is no part of an index")]
    [InlineData("b ? c -> b", 3, "a label or a number is missing before '?'")]
    [InlineData("b t + k c -> b", 5, "a label or a number is missing before '+'")]
    [InlineData("b t+ k c -> b", 5, "a label or a number is missing after '+'; an index has no spaces inside")]
    [InlineData("b 2*t+3* c -> b", 9, "a label or a number is missing after '*'; an index has no spaces inside")]
    [InlineData("b t*2 c -> b", 4, "a factor is a number before its label, as in '2*t'")]
    [InlineData("b 2*3*t c -> b", 5, "a label or a number is missing before '3'")]
    [InlineData("b 0*t c -> b", 3, "a factor is at least 1")]
    [InlineData("b 10-t c -> b", 6, "'t' is subtracted, and only numbers can be")]
    [InlineData("b -t c -> b", 3, "a label or a number is missing before '-'")]
    [InlineData("b 2-3 c -> b", 3, "positions count from 0, and '2-3' is -1")]
    [InlineData("b 99999999 c -> b", 3, "99999999 is too large")]
    [InlineData("b .. c -> b", 3, "a label or a number is missing before '.'")]
    public void Notation_that_cannot_be_read(string notation, int position, string mistake) => Fails(notation, position, mistake, () => Einsum(notation, x));

    [Theory]
    [InlineData("b t c -> b hidden", 12, "the result's label 'hidden' stands in no operand")]
    [InlineData("b t c -> b t b", 14, "'b' stands twice in one tensor, and diagonals are not supported")]
    [InlineData("b t b -> t", 5, "'b' stands twice in one tensor, and diagonals are not supported")]
    [InlineData("b t+t c -> t", 5, "'t' stands twice in one tensor, and diagonals are not supported")]
    [InlineData("b t+k c -> t+k", 12, "the result has single labels, and 't+k' is none")]
    [InlineData("b t c -> 0", 10, "the result has single labels, and '0' is none")]
    [InlineData("... b ... -> b", 7, "'...' stands twice in one tensor")]
    [InlineData("b t c -> b ...", 12, "the result has '...' and no operand has")]
    [InlineData("... c -> c", 1, "an operand has '...' and the result has not")]
    public void Labels_that_mean_nothing(string notation, int position, string mistake) => Fails(notation, position, mistake, () => Einsum(notation, x));

    [Fact]
    public void Too_few_or_too_many_labels_or_operands()
    {
        Fails("b t -> b", 1, "'x' has the axes [batch=2, time=7, channel=3], and nothing stands for 'channel'; '...' would stand for the rest", x);
        Fails("b t c, channel -> b", 8, "'y' has the axes [channel=3, out=4], and nothing stands for 'out'; '...' would stand for the rest", x, y);
        Fails(" -> ", 1, "'y' has the axes [channel=3, out=4], and nothing stands for 'channel'; '...' would stand for the rest", y);
        Fails("b t c d -> b", 7, "'x' has no axis left for 'd', only [batch=2, time=7, channel=3]", x);
        Fails("d batch t c -> t", 11, "'x' has no axis left for 'c', only [batch=2, time=7, channel=3]", x);
        Fails("... a b c d -> ...", 11, "'x' has no axis left for 'd', only [batch=2, time=7, channel=3]", x);
        Fails("b t c, c o -> b", 1, "the notation has 2 operands, and 1 are given", x);
        Fails("b t c -> b", 1, "the notation has 1 operands, and 2 are given", x, y);
        Fails(string.Join(", ", Enumerable.Repeat("i j", 9)) + " -> i", 1, "there are 9 operands, and at most 8 can be; contract some of them first", [.. Enumerable.Repeat(square, 9)]);
    }

    [Fact]
    public void Label_with_two_lengths()
    {
        Fails("b t c, t o -> b o", 8, "'t' has length 7 in 'x' and 3 in 'y'", x, y);
        Fails("b t c, c o -> b o", 3, "'t' has length 6 as given and 7 in 'x'", () => Einsum("b t c, c o -> b o", [new("t", 6)], x, y));
        Fails("... c, ... o -> ...", 8, "axis 'channel' has length 5 in 'z' and 3 in 'y'", new Input("z", [new("channel", 5), new("c", 2)]), y);
    }

    [Fact]
    public void Label_that_an_axis_behind_the_dots_is_called_too() =>
        Fails("... k, k time -> ... time", 1, "'...' stands for 'time' of 'x' too, and a label is called so", x, y);

    [Fact]
    public void Sum_of_labels_that_leaves_the_axis()
    {
        Fails("b 7 c -> b c", 3, "'7' reaches position 7 of axis 'time', and 'x' has only 0 to 6", x);
        Fails("b t+k c -> b t c", 3, "'t+k' reaches position 8 of axis 'time', and 'x' has only 0 to 6", () => Einsum("b t+k c -> b t c", [new("k", 3), new("t", 7)], x));
        Fails("b t+4*k c, k o -> b t", 3, "'t' finds no room in 'x', of the axes [batch=2, time=7, channel=3]", x, y);
        Fails("b t+9 c -> b t c", 3, "'t' finds no room in 'x', of the axes [batch=2, time=7, channel=3]", x);
        Fails("b t+9999999*k c -> b t c", 3, "'t+9999999*k' reaches position 9999999 of axis 'time', and 'x' has only 0 to 6", () => Einsum("b t+9999999*k c -> b t c", [new("k", 2), new("t", 1)], x));
    }

    [Fact]
    public void Label_without_a_length()
    {
        Fails("b 2*t+k c -> b t c", 5, "nothing says how long 't' is; give its axis, as in [new Axis(\"t\", 3)]", x);
        Fails("b t c -> b", 1, "a length is given for 'tap', and no label is called so", () => Einsum("b t c -> b", [new("tap", 3)], x));
    }

    [Fact]
    public void Maximum_of_products_where_there_is_nothing() =>
        Fails("b t+k-1 c, k -> b t c", 3, "'t+k-1' begins before 0, where the largest of several operands' products has nothing to find",
            () => EinsumMax("b t+k-1 c, k -> b t c", x, new Input("k", [new("k", 2)])));

    [Fact]
    public void Positions_in_place_of_numbers()
    {
        var indices = new IndexInput("indices", [new("batch", 2), new("time", 7)], new Axis("vocab", 27));
        foreach (var notation in (string[])["b t -> b", "b t-1 -> b t", "b t, b t c -> b"])
            Assert.StartsWith("'indices' holds positions along 'vocab', where numbers are needed", Assert.Throws<ShapeException>(() => Einsum(notation, notation.Contains(',') ? [indices, x] : [indices])).Message);
        Assert.Equal("vocab=27", Einsum("b t -> t b", indices).Into!.ToString());
    }

    static void Fails(string notation, int position, string mistake, params Tensor[] operands) => Fails(notation, position, mistake, () => Einsum(notation, operands));

    static void Fails(string notation, int position, string mistake, Func<Tensor> build)
    {
        var exception = Assert.Throws<EinsumException>(build);
        Assert.Equal($"einsum '{notation}', position {position}: {mistake} (EinsumErrorTests.cs:LINE)", Regex.Replace(exception.Message, "[0-9]+\\)$", "LINE)"));
        Assert.Equal(position, exception.Position);
    }
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Programs;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Expressions;

/// <summary>What may be done along an axis of which each run says how long it is, and what is answered to the rest.</summary>
public class BoundedShapeTests
{
    static readonly Axis Row = Axis.UpTo("row", 8), Fixed = new("row", 8), Time = new("time", 4), Channel = new("channel", 16);

    readonly Input x = new("x", [Row, Channel]), y = new("y", [Fixed, Channel]), z = new("z", [Time, Channel]);

    [Fact]
    public void A_bounded_axis_never_meets_one_of_fixed_length()
    {
        Fails("axis 'row' has length up to 8 in 'x' and 8 in 'y'", () => x + y);
        Fails("axis 'row' has length 8 here and up to 8 in 'x'", () => x.Sum([Fixed]));
        Fails("axis 'row' has length 8 in 'y' and up to 8 in 'x'", () => y.Dot(x, [Channel]));
        Fails("axis 'row' has length up to 8 in 'x' and up to 8 as 'time' in 'other'", () => x + new Input("other", [Axis.UpTo("time", 8).Called("row")]));
        Fails("axis 'row' of 'x' has length up to 8 and cannot become 'all' of length 8", () => x.Rename(Row, new Axis("all", 8)));
        Fails("axis 'row' of 'x' has length up to 8 and cannot become 'key' of length up to 8", () => x.Rename(Row, Axis.UpTo("key", 8)));
    }

    [Fact]
    public void Single_positions_of_a_bounded_axis_are_not_to_be_had()
    {
        Fails("'at' of 'x' needs single positions of axis 'row', whose length (up to 8) each run sets", () => x.At(Row, 0));
        Fails("'slice' of 'x' needs single positions of axis 'row', whose length (up to 8) each run sets", () => x.Slice(Row, 1, new Axis("part", 3)));
        Fails("'slice' of 'x' needs single positions of axis 'row', whose length (up to 8) each run sets", () => x.Slice(Row, 0, new Axis("all", 8)));
        Fails("'split' of 'x' needs single positions of axis 'row', whose length (up to 8) each run sets", () => x.Split(Row, [new Axis("half", 2), new Axis("quarter", 4)]));
        Fails("'slice' of 'x' needs single positions of axis 'row', whose length (up to 8) each run sets", () => x.Shift(Row, 1));
        Fails("'merge' of 'z' needs single positions of axis 'all', whose length (up to 64) each run sets", () => z.Merge([Time, Channel], Axis.UpTo("all", 64)));
        Fails("'concatenate' of 'z' needs single positions of axis 'time', whose length (up to 8) each run sets", () => Concatenate(Axis.UpTo("time", 8), z, z));
    }

    [Fact]
    public void An_axis_takes_the_place_of_one_that_it_lies_within_and_not_the_other_way_round()
    {
        Axis some = Axis.Within("some", Row), few = Axis.Within("few", some);
        var part = x.Slice(Row, 0, few);
        Assert.Equal([few, Channel], part.Shape);
        Assert.Equal([some, Channel], part.Pad(few, 0, 0, some).Shape);
        Fails("'slice' of 'slice[few≤8, channel=16]' needs single positions of axis 'few', whose length (up to 8) each run sets", () => part.Slice(few, 0, some));
        Fails("'slice' of 'x' needs single positions of axis 'row', whose length (up to 8) each run sets", () => x.Slice(Row, 0, Axis.UpTo("any", 8)));
        Fails("'pad' of 'x' needs single positions of axis 'some', whose length (up to 8) each run sets", () => x.Pad(Row, 0, 0, some));
    }

    [Fact]
    public void A_parameter_with_a_bounded_axis_is_not_updated()
    {
        var weights = new Parameter("W", [Row, Channel], Initializers.Constant(0));
        Fails("'W' cannot be updated: each run sets the length of its axis 'row', and would change a part of it only", () => new Update(weights, weights * 2));
    }

    [Fact]
    public void An_axis_has_one_bound_in_a_program() => Assert.Equal(
        "axis 'row' has several bounds in the program 'two': row≤8, row≤9",
        Assert.Throws<ArgumentException>(() => Program.Of("two", [x.Sum([Row, Channel]), new Input("other", [Axis.UpTo("row", 9)]).Sum([Axis.UpTo("row", 9)])])).Message);

    [Fact]
    public void A_program_knows_its_bounded_axes()
    {
        var key = Row.Called("key");
        Assert.Equal([Row], Program.Of("one", [Tanh(x).Dot(x.Rename(Row, key), [Channel])]).BoundedAxes);
        Assert.Equal([Row, Axis.UpTo("batch", 3)], Program.Of("two", [x.BroadcastTo([Axis.UpTo("batch", 3), Row, Channel]) * 1.5]).BoundedAxes.Order(Comparer<Axis>.Create((a, b) => b.Length - a.Length)));
        Assert.Empty(Program.Of("none", [Tanh(y)]).BoundedAxes);
    }

    [Fact]
    public void Packing_wants_positions_that_point_at_each_other()
    {
        var batch = new Axis("batch", 2);
        IndexInput line = new("line_of", [Row], batch), time = new("time_of", [Row], Time), rows = new("row_of", [batch, Time], Row);
        var exists = new Input("exists", [batch, Time]);
        Fails("'y' holds numbers, where positions are needed", () => new Packing([line, y], rows, exists));
        Fails("'row_of' has no axis 'other', only [batch=2, time=4]", () => new Packing([line, new IndexInput("other_of", [Row], new Axis("other", 4))], rows, exists));
        Fails("'other' has no axis 'row', only [time=4]", () => new Packing([line, time, new IndexInput("other", [Time], batch)], rows, exists));
        Fails("'y' has the axes [row=8, channel=16], which cannot be put in the order [batch=2, time=4]", () => new Packing([line, time], rows, y));
        Fails("axis 'row' has length up to 8 here and 8 in 'y'", () => new Packing([line, time], rows, exists).Unpack(y));
    }

    [Fact]
    public void What_is_not_packed_stays_as_it_is()
    {
        Assert.Same(x, Packing.None.Pack(x));
        Assert.Same(x, Packing.None.Unpack(x));
    }

    static void Fails(string message, Func<object> build) =>
        Assert.StartsWith(message + " (BoundedShapeTests.cs:", Assert.Throws<ShapeException>(build).Message, StringComparison.Ordinal);
}

using Xunit;

namespace Makemore.Tensors.Axes;

public class BoundedAxisTests
{
    static readonly Axis Row = Axis.UpTo("row", 4), Key = Row.Called("key"), I = new("i", 2);

    [Fact]
    public void A_bounded_axis_says_so()
    {
        Assert.Equal("row≤4", Row.ToString());
        Assert.Equal("key=|row|≤4", Key.ToString());
        Assert.True(Row.IsBounded);
        Assert.False(I.IsBounded);
        Assert.Equal(Axis.UpTo("row", 4), Row);
        Assert.NotEqual(new Axis("row", 4), Row);
    }

    [Fact]
    public void Another_name_for_an_axis_has_its_length()
    {
        Assert.True(Key.IsAsLongAs(Row));
        Assert.Equal(Row, Key.Bounded);
        Assert.Equal(Row, Key.Called("row"));
        Assert.False(Axis.UpTo("key", 4).IsAsLongAs(Row));
        Assert.Equal(new Axis("j", 2), I.Called("j"));
    }

    [Fact]
    public void An_axis_within_another_is_never_longer()
    {
        Axis some = Axis.Within("some", Row), few = Axis.Within("few", some), other = Axis.Within("other", I);
        Assert.Equal("few≤4", few.ToString());
        Assert.Equal(some, few.Called("less").Bounded!.Longer);
        Assert.True(few.IsBounded && !few.IsAsLongAs(some));
        Assert.Null(other.Longer);
        var lengths = new AxisLengths([few, Row, other]);
        (lengths[Row], lengths[few]) = (3, 3);
        lengths.Check();
        lengths[Row] = 2;
        Assert.StartsWith("axis 'few' is never longer than 'row', which is 2 long in this run", Assert.Throws<ArgumentOutOfRangeException>(lengths.Check).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bound_is_at_least_1() => Assert.Throws<ArgumentOutOfRangeException>(() => Axis.UpTo("row", 0));

    [Fact]
    public void A_length_is_the_bound_until_it_is_set()
    {
        var lengths = new AxisLengths([Row]);
        Assert.Equal(4, lengths[Row]);
        lengths[Row] = 3;
        Assert.Equal(3, lengths[Key]);
        lengths[Key] = 0;
        Assert.Equal(0, lengths[Row]);
        Assert.Equal(2, lengths[I]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void A_length_outside_the_bound_is_refused(int length)
    {
        var lengths = new AxisLengths([Row]);
        Assert.StartsWith("axis 'row' is from 0 to 4 long", Assert.Throws<ArgumentOutOfRangeException>(() => lengths[Row] = length).Message, StringComparison.Ordinal);
        Assert.Equal(4, lengths[Row]);
    }

    [Fact]
    public void A_length_that_is_not_for_a_run_to_say_is_refused()
    {
        Assert.Equal("the length of axis 'i' is not for a run to say here, only that of row≤4", Assert.Throws<ArgumentException>(() => new AxisLengths([Row])[I] = 1).Message);
        Assert.Equal("the length of axis 'row' is not for a run to say here, nor is any", Assert.Throws<ArgumentException>(() => new AxisLengths([])[Row] = 1).Message);
    }

    [Fact]
    public void Elements_beyond_a_length_do_not_exist()
    {
        var lengths = new AxisLengths([Row]);
        lengths[Row] = 3;
        Assert.Equal([0, 1, 2, 4, 5, 6], lengths.Existing([I, Row], Enumerable.Range(0, 8).ToList()));
        Assert.Equal([0, 1, 2, 3, 4, 5], lengths.Existing([Row, I], Enumerable.Range(0, 8).ToList()));
    }
}

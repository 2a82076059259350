using Xunit;

namespace Makemore.Tensors.Axes;

public class AxesTests
{
    static readonly Axis I = new("i", 2), J = new("j", 3), K = new("k", 4);

    [Theory]
    [InlineData("")]
    [InlineData("2nd")]
    [InlineData("batch size")]
    [InlineData("_")]
    public void An_axis_name_is_an_identifier(string name) => Assert.Throws<ArgumentException>(() => new Axis(name, 1));

    [Fact]
    public void An_axis_has_at_least_one_element() => Assert.Throws<ArgumentOutOfRangeException>(() => new Axis("i", 0));

    [Fact]
    public void Axes_of_one_name_and_length_are_equal()
    {
        Assert.Equal(I, new Axis("i", 2));
        Assert.NotEqual(I, new Axis("i", 3));
        Assert.Equal("i=2", I.ToString());
    }

    [Fact]
    public void A_shape_has_each_name_once() =>
        Assert.Equal("axis 'i' stands twice in one shape: i=2, i=5", Assert.Throws<ShapeException>(() => Shape.Create([I, new Axis("i", 5)])).Message);

    [Fact]
    public void The_last_axis_of_a_shape_is_contiguous()
    {
        Shape shape = [I, J, K];
        Assert.Equal([12, 4, 1], shape.DenseStrides());
        Assert.Equal(24, shape.Elements);
        Assert.Equal(1, Shape.Scalar.Elements);
    }

    [Fact]
    public void Shapes_are_equal_in_order_and_have_the_same_axes_in_any()
    {
        Shape shape = [I, J], turned = [J, I];
        Assert.NotEqual(shape, turned);
        Assert.True(shape.SameAxes(turned));
        Assert.Equal(shape, turned.Without([I]) is var rest ? Shape.Create([I]).Union(rest) : null);
        Assert.Equal(shape.GetHashCode(), Shape.Create([I, J]).GetHashCode());
    }

    [Fact]
    public void Too_many_elements_are_an_error_not_a_wrong_number() =>
        Assert.Throws<ShapeException>(() => Shape.Create([new("a", 65536), new("b", 65536)]).Elements);
}

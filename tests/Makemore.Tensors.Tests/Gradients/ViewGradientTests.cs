using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;
using static Makemore.Tensors.Gradients.CentralDifferences;

namespace Makemore.Tensors.Gradients;

/// <summary>Views and joins against difference quotients; none of them is linear in what is checked, so that what flows back matters.</summary>
public class ViewGradientTests
{
    static readonly Axis I = new("i", 3), T = new("t", 8), P = new("p", 4), K = new("k", 2);

    readonly Input x = new("x", [I, T]), y = new("y", [I, T]), z = new("z", [T, I]);

    [Fact]
    public void Slice_with_and_without_a_step()
    {
        Check(Weighted(Tanh(x.Slice(T, 3, new Axis("t", 5)))), x);
        Check(Weighted(Tanh(x.Slice(T, 1, P, step: 2))), x);
        Check(Weighted(Tanh(Exp(x).Slice(I, 2, new Axis("one", 1)))), x);
    }

    [Fact]
    public void Element_at_one_position() => Check(Weighted(Tanh(x.At(T, 5)) * Exp(x.At(T, 0)) * x.At(I, 1).At(T, 7)), x);

    [Fact]
    public void Split_into_two_and_three_axes()
    {
        Check(Weighted(Tanh(x.Split(T, [P, K]))), x);
        Check(Weighted(Tanh(x.Split(T, [new("a", 2), new("b", 2), K]).Sum([K]))), x);
    }

    [Fact]
    public void Merge_of_neighbours_and_of_axes_in_another_order()
    {
        var whole = new Axis("whole", 24);
        Check(Weighted(Tanh(x.Merge([I, T], whole))), x);
        Check(Weighted(Tanh(x.Merge([T, I], whole))), x);
        Check(Weighted(Tanh(new Input("cube", [P, I, K]).Merge([P, K], T) * x)), x);
    }

    [Fact]
    public void Permute() => Check(Weighted(Tanh(x.Permute([T, I])) * y), x, y);

    [Fact]
    public void Pad_with_zeros_and_with_another_number()
    {
        Check(Weighted(Tanh(x.Pad(T, 2, 1, new Axis("t", 11)))), x);
        Check(Weighted(Exp(x.Pad(I, 0, 2, new Axis("rows", 5), value: -1.5))), x);
    }

    [Fact]
    public void Shift_in_both_directions() => Check(Weighted(Tanh(x.Shift(T, 3)) + Exp(x.Shift(T, -2, value: 0.5) * x)), x);

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(2, 1, 0)]
    [InlineData(1, 3, 1)]
    [InlineData(2, 1, 1)]
    [InlineData(1, 4, 0)]
    public void Window_with_and_without_overlaps(int stride, int dilation, int offset) =>
        Check(Weighted(Tanh(x.Window(T, new Axis("position", ((T.Length - 1 - dilation - offset) / stride) + 1), K, stride, dilation, offset))), x);

    [Fact]
    public void Stack_of_tensors_whose_axes_stand_in_different_orders() => Check(Weighted(Tanh(Stack(new Axis("layer", 4), x, z, x * y, Exp(y)))), x, y, z);

    [Fact]
    public void Stack_with_a_constant() => Check(Weighted(Tanh(Stack(new Axis("layer", 2), new Constant(0.5).BroadcastTo([I, T]), x))), x);

    [Fact]
    public void Concatenate_of_different_lengths() =>
        Check(Weighted(Tanh(Concatenate(new Axis("t", 18), x, x.Slice(T, 2, new Axis("t", 2)), z))), x, z);

    [Fact]
    public void Windows_of_the_same_elements_used_in_several_ways()
    {
        var (left, right) = (x.Slice(T, 0, new Axis("half", 4)), x.Slice(T, 4, new Axis("half", 4)));
        Check(Weighted(Tanh(left) * Exp(right) + left.Split(new Axis("half", 4), [new("a", 2), K]).Sum([new("a", 2), K])), x);
        Check(Weighted(Tanh(left) + (x.Slice(T, 2, new Axis("half", 4)) * right)), x);
    }

    [Fact]
    public void Convolution_and_the_largest_under_a_window()
    {
        var (time, channel, filter) = (new Axis("time", 6), new Axis("channel", 2), new Axis("filter", 3));
        Input signal = new("signal", [T, channel]), kernel = new("kernel", [K, channel, filter]);
        Check(Weighted(Tanh(signal.Window(T, time, K, dilation: 2).Dot(kernel, [K, channel]))), signal, kernel);
        Check(Weighted((signal * signal).Pad(T, 1, 0, new Axis("t", 9), double.NegativeInfinity).Window(new Axis("t", 9), P, K, stride: 2).Max([K])), signal);
    }

    [Fact]
    public void Second_gradients_go_through_every_view_and_back()
    {
        var whole = new Axis("whole", 24);
        var views = new[]
        {
            x.Slice(T, 1, P, step: 2), x.At(T, 5), x.Split(T, [P, K]), x.Merge([T, I], whole), x.Pad(T, 1, 2, new Axis("long", 11)), x.Shift(T, 2),
            x.Window(T, new Axis("position", 6), K, dilation: 2), Stack(new Axis("layer", 2), x, y), Concatenate(new Axis("t", 16), x, z),
        };
        foreach (var view in views)
        {
            var gradient = Gradient.Of(Weighted(Exp(view * view * 0.5)), [x])[0];
            Check(Weighted(gradient * gradient, "others"), x);
        }
    }

    [Fact]
    public void Views_of_indices_choose_what_a_table_is_read_at()
    {
        var (vocab, embed) = (new Axis("vocab", 5), new Axis("embed", 2));
        var table = new Input("table", [vocab, embed]);
        var characters = new IndexInput("characters", [I, T], vocab);
        Tensor[] views =
        [
            characters.Slice(T, 2, P), characters.At(T, 3), characters.Split(T, [P, K]), characters.Window(T, P, new Axis("block", 5)), characters.Merge([I, T], new Axis("all", 24)),
            characters.Pad(T, 3, 0, new Axis("t", 11)), characters.Shift(T, 1, value: 4), Stack(K, characters, characters.Shift(T, -1)), Concatenate(new Axis("t", 10), characters, characters.Slice(T, 0, new Axis("t", 2))),
        ];
        foreach (var view in views)
        {
            Assert.Equal(vocab, view.Into);
            Check(Weighted(Tanh(table[view])), table);
        }

        // With a row that only the padding points at.
        var longer = new Axis("longer", 7);
        var larger = new Input("larger", [longer, embed]);
        Check(Weighted(Tanh(larger[characters.PointingInto(longer).Shift(T, 2, value: 5)])), larger);
    }
}

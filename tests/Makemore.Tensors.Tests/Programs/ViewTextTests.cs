using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Loops;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Programs;

/// <summary>What views and joins become: indices of those who read them where that will do, lines of their own otherwise; products by strides.</summary>
public class ViewTextTests
{
    static readonly Axis Batch = new("batch", 4), Time = new("time", 8), Channel = new("channel", 16), Hidden = new("hidden", 32);

    readonly Input x = new("x", [Batch, Time, Channel]);

    [Fact]
    public void Views_are_written_inside_their_readers()
    {
        Axis pair = new("pair", 4), bit = new("bit", 2);
        Assert.Equal(["tanh[batch,pair,bit,channel] = tanh(x[batch,2·pair+bit,channel])"], Lines(Tanh(x.Split(Time, [pair, bit]))));
        Assert.Equal(["tanh[batch,channel] = tanh(x[batch,3,channel])"], Lines(Tanh(x.At(Time, 3))));
        Assert.Equal(["tanh[batch,rest,channel] = tanh(x[batch,rest+2,channel])"], Lines(Tanh(x.Slice(Time, 2, new Axis("rest", 6)))));
        Assert.Equal(["tanh[batch,start,tap,channel] = tanh(x[batch,2·start+3·tap+1,channel])"], Lines(Tanh(x.Window(Time, new Axis("start", 2), new Axis("tap", 2), stride: 2, dilation: 3, offset: 1))));
    }

    [Fact]
    public void A_transposed_copy_is_made_once_for_all_products_that_read_it()
    {
        Input weight = new("weight", [Hidden, Channel]), y = new("y", [Batch, Time, Channel]);
        var loops = LoopProgram.Of(Program.Of("products", [x.Dot(weight, over: [Channel]), y.Dot(weight, over: [Channel])]));
        Assert.Single(loops.Steps.OfType<TransposeStep>());
        Assert.Equal(2, loops.Steps.OfType<ProductStep>().Count());
    }

    [Fact]
    public void Gradients_of_the_parts_of_a_split_axis_go_where_they_belong_at_once()
    {
        Axis part = new("part", 2), half = new("half", 8);
        var parameter = new Parameter("p", [Batch, Channel], Initializers.Constant(0));
        var parts = parameter.Split(Channel, [part, half]);
        var loss = (Tanh(parts.At(part, 0)) * Exp(parts.At(part, 1))).Sum([Batch, half]);
        var placed = Program.Of("gradient", Gradient.Of(loss, [parameter])).Assignments.Where(assignment => assignment.Destination is not null).ToList();
        Assert.Equal(2, placed.Count);
        Assert.Equal(placed[0].Target, placed[1].Target);
    }

    [Fact]
    public void Views_of_views_are_one_index()
    {
        Axis pair = new("pair", 4), bit = new("bit", 2), two = new("two", 2), rest = new("rest", 3);
        Assert.Equal(["tanh[batch,pair,channel] = tanh(x[batch,2·pair+1,channel])"], Lines(Tanh(x.Split(Time, [pair, bit]).At(bit, 1))));
        Assert.Equal(["tanh[batch,two,channel] = tanh(x[batch,4·two+3,channel])"], Lines(Tanh(x.Slice(Time, 1, new Axis("rest", 4), step: 2).Slice(new Axis("rest", 4), 1, two, step: 2))));
        Assert.Equal(["position[two,rest] = 2·two + rest + 1"], Lines(new Position(Time).Slice(Time, 1, new Axis("few", 6)).Window(new Axis("few", 6), two, rest, stride: 2).As("position")));
    }

    [Fact]
    public void A_view_of_a_lookup_looks_up_elsewhere()
    {
        Axis vocab = new("vocab", 5), pair = new("pair", 4), bit = new("bit", 2);
        Input table = new("table", [vocab, Channel]);
        var characters = new IndexInput("characters", [Batch, Time], vocab);
        Assert.Equal(["gather[batch,pair,bit,channel] = table[characters[batch,2·pair+bit],channel]"], Lines(table[characters.Split(Time, [pair, bit])]));
        Assert.Equal(["split[batch,pair,bit,channel] = table[characters[batch,2·pair+bit],channel]"], Lines(table[characters].Split(Time, [pair, bit])));
        Assert.Equal(["gather[batch,channel] = table[3,channel]"], Lines(table.At(vocab, 3).BroadcastTo([Batch, Channel]).As("gather")));
    }

    [Fact]
    public void Joins_and_paddings_have_lines_of_their_own()
    {
        var h = new Input("h", [Batch, Channel]);
        Assert.Equal(["hs[0,batch,channel] = h[batch,channel]", "hs[1,batch,channel] = tanh(h[batch,channel])"], Lines(Stack(new Axis("layer", 2), h, Tanh(h)).As("hs")));
        Assert.Equal(
            ["both[batch,time,channel] = x[batch,time,channel]", "both[batch,time+8,channel] = x[batch,time,channel]"],
            Lines(Concatenate(new Axis("time", 10), x, x.Slice(Time, 0, new Axis("time", 2))).As("both")));
        Assert.Equal(["pad[batch,time+2,channel] = x[batch,time,channel], elsewhere 0"], Lines(x.Pad(Time, 2, 0, new Axis("time", 10))));
        Assert.Equal(["pad[batch,time+1,channel] = exp(x[batch,time,channel]), elsewhere −∞"], Lines(Exp(x).Pad(Time, 1, 1, new Axis("time", 10), double.NegativeInfinity)));
        Assert.Equal(["shift[batch,time+1,channel] = x[batch,time,channel], elsewhere 0"], Lines(x.Shift(Time, 1)));
        Assert.Equal(["merge[batch,16·time+channel] = x[batch,time,channel]"], Lines(x.Merge([Time, Channel], new Axis("all", 128))));
    }

    [Fact]
    public void What_flows_back_is_written_where_it_was_read_and_added_only_where_windows_overlap()
    {
        Axis start = new("start", 4), tap = new("tap", 2), over = new("over", 7);
        Assert.Equal(["x.grad[batch,2·start+tap,channel] = w[batch,start,tap,channel]"], Backward(x.Window(Time, start, tap, stride: 2)));
        Assert.Equal(["x.grad[batch,over+tap,channel] += w[batch,over,tap,channel]"], Backward(x.Window(Time, over, tap)));
        Assert.Equal(["x.grad[batch,start+2,channel] = w[batch,start,channel], elsewhere 0"], Backward(x.Slice(Time, 2, start)));
        Assert.Equal(["x.grad[batch,time,channel] = w[batch,time+2,channel]"], Backward(x.Pad(Time, 2, 0, new Axis("time", 10))));
    }

    [Fact]
    public void Parts_used_apart_have_their_gradients_put_together()
    {
        Input left = new("left", [Batch, Channel]), right = new("right", [Batch, Channel]);
        var loss = ((x.At(Time, 0) * left) + (x.At(Time, 7) * right)).Sum([Batch, Channel]);
        Assert.Equal(["x.grad[batch,7,channel] = right[batch,channel], elsewhere 0", "x.grad[batch,0,channel] = left[batch,channel]"], Lines(Gradient.Of(loss, [x])[0]));
    }

    [Fact]
    public void Consecutive_positions_are_flattened_into_a_product_without_a_copy()
    {
        Axis pair = new("pair", 4), bit = new("bit", 2);
        var kernel = new Parameter("W", [bit, Channel, Hidden], Initializers.Normal(1));
        var loops = Loops(Tanh(x).As("h").Split(Time, [pair, bit]).Dot(kernel, [bit, Channel]));
        Assert.Contains("dot(32,1) = h(32,1) × W(32,1)    // product 16×32×32\n", loops);
        Assert.DoesNotContain("transposed", loops);
    }

    [Fact]
    public void A_dilated_convolution_is_a_product_for_every_tap_without_a_copy()
    {
        Axis tap = new("tap", 3), longer = new("time", 12);
        var kernel = new Parameter("W", [tap, Channel, Hidden], Initializers.Normal(1));
        var padded = x.Pad(Time, 4, 0, longer).As("padded");
        var y = (padded.Window(longer, Time, tap, dilation: 2).Dot(kernel, [tap, Channel]) + new Parameter("b", [Hidden], Initializers.Normal(1))).As("y");
        var loops = Loops(y);
        Assert.Contains(
            """
            for batch in 0..4
              y(32,1) = padded(16,1) × W(32,1) + b(0,1)    // product 8×32×16
            """, loops);
        Assert.Contains(
            """
            for batch in 0..4
              for tap in 0..2
                y(32,1) = padded+32(16,1) × W+512(32,1) + y(32,1)    // product 8×32×16
            """, loops);
        var backward = Loops([.. Gradient.Of((y * new Input("w", y.Shape)).Sum(y.Shape), [kernel])]);
        Assert.DoesNotContain("padded.transposed", backward);
        Assert.Contains("    W.grad(32,1) = padded+192(1,16) × y.grad+256(32,1) + W.grad(32,1)    // product 16×32×8\n", backward);
    }

    string[] Backward(Tensor y) => Lines(Gradient.Of((y * new Input("w", y.Shape)).Sum(y.Shape), [x])[0]);

    static string[] Lines(params Tensor[] outputs) => [.. Program.Of("test", outputs).Assignments.Select(assignment => assignment.ToString())];

    static string Loops(params Tensor[] outputs) => LoopProgram.Of(Program.Of("test", outputs)).ToString();
}

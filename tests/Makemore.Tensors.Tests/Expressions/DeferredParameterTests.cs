using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Running;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Expressions;

/// <summary>Parameters that state only the axes that nothing else fixes: what completes them, what they are checked against, and what is refused.</summary>
public class DeferredParameterTests
{
    static readonly Axis Batch = new("batch", 4), Block = new("block", 3), Embed = new("embed", 5), Hidden = new("hidden", 6), Vocab = new("vocab", 7);

    readonly Input x = new("x", [Batch, Block, Embed]);

    [Fact]
    public void Dot_fixes_what_it_sums_over()
    {
        var w = Deferred("W", Hidden);
        Assert.Equal("[batch=4, hidden=6]", x.Dot(w, over: [Block, Embed]).Shape.ToString());
        Assert.Equal([Block, Embed, Hidden], w.Shape);

        var left = Deferred("left", Hidden);
        Assert.Equal("[hidden=6, batch=4, block=3]", left.Dot(x, over: [Embed]).Shape.ToString());
        Assert.Equal([Embed, Hidden], left.Shape);
    }

    [Fact]
    public void Einsum_fixes_what_other_operands_have()
    {
        var w = Deferred("W", Hidden);
        Assert.Equal("[batch=4, hidden=6]", Einsum("batch block embed, block embed hidden -> batch hidden", x, w).Shape.ToString());
        Assert.Equal([Block, Embed, Hidden], w.Shape);
    }

    [Fact]
    public void Einsum_gives_a_stated_axis_the_label_that_nothing_else_fixes()
    {
        var w = Deferred("W", Hidden);
        Assert.Equal("[b=4, h=6]", Einsum("b s e, h s e -> b h", x, w).Shape.ToString());
        Assert.Equal("[hidden=6, s=3, e=5]", w.Shape.ToString());
    }

    [Fact]
    public void Two_parameters_of_one_einsum_fix_each_other()
    {
        Parameter w1 = Deferred("W1", Hidden), w2 = Deferred("W2", Vocab);
        Einsum("... block embed, hidden vocab, block embed hidden -> ... vocab", x, w2, w1);
        Assert.Equal([Block, Embed, Hidden], w1.Shape);
        Assert.Equal([Hidden, Vocab], w2.Shape);
    }

    [Fact]
    public void A_kernel_states_its_taps_and_the_convolution_its_channels()
    {
        Axis tap = new("tap", 2), filter = new("filter", 9);
        var kernel = Parameter.Deferred("kernel", [tap, filter], Initializers.Constant(0));
        Assert.Equal("[batch=4, t=3, filter=9]", Einsum("batch t+tap-1 embed, tap embed filter -> batch t filter", x, kernel).Shape.ToString());
        Assert.Equal([tap, Embed, filter], kernel.Shape);
    }

    [Fact]
    public void Indices_fix_the_rows_of_a_table()
    {
        var table = Deferred("C", Embed);
        Assert.Equal([Batch, Embed], table[new IndexInput("i", [Batch], Vocab)].Shape);
        Assert.Equal([Vocab, Embed], table.Shape);
    }

    [Fact]
    public void The_first_use_settles_it_for_all_others()
    {
        var w = Deferred("W", Hidden);
        x.Dot(w, over: [Block, Embed]);
        Assert.Equal([new("b", 2), Hidden], Einsum("b block embed, block embed hidden -> b hidden", new Input("y", [new("b", 2), Block, Embed]), w).Shape);
        Assert.Equal([Block, Embed, Hidden], w.Shape);
    }

    [Fact]
    public void Each_of_several_uses_fixes_an_axis()
    {
        var w = Deferred("W");
        var hidden = Einsum("batch block embed, embed hidden -> batch block hidden", x, w);
        Assert.Equal("[embed=5, hidden=?]", w.Shape.ToString());
        var decoded = Einsum("batch hidden, embed hidden -> batch embed", new Input("y", [Batch, Hidden]), w);
        Assert.Equal([Embed, Hidden], w.Shape);
        Assert.Equal([Batch, Block, Hidden], hidden.Shape);
        CentralDifferences.Check(hidden.Sum([Batch, Block, Hidden]) + decoded.Sum([Batch, Embed]), x, w);
    }

    [Fact]
    public void Targets_fix_the_outputs()
    {
        Parameter w1 = Deferred("W1", Hidden), w2 = Deferred("W2");
        var logits = Einsum("batch hidden, hidden vocab -> batch vocab", x.Dot(w1, over: [Block, Embed]), w2);
        var loss = CrossEntropy(logits, new IndexInput("y", [Batch], Vocab)).Sum([Batch]);
        Assert.Equal([Hidden, Vocab], w2.Shape);
        CentralDifferences.Check(loss, x, w1, w2);
    }

    [Fact]
    public void What_an_open_axis_meets_by_name_fixes_it()
    {
        foreach (var meet in (Func<Tensor, Tensor>[])[
            h => h + new Input("bias", [Hidden]),
            h => h.Sum([Hidden]),
            h => h.Rename(h.Shape[1], Hidden),
            h => Einsum("a h, b h -> a b", h, new Input("z", [new("other", 3), new("hidden", 6)])),
            h => Functions.Concatenate(new Axis("batch", 8), h, new Input("more", [Batch, Hidden]))])
        {
            var w = Deferred("W");
            meet(Einsum("batch block embed, block embed hidden -> batch hidden", x, w));
            Assert.Equal([Block, Embed, Hidden], w.Shape);
        }
    }

    [Fact]
    public void Open_axes_that_meet_are_fixed_together()
    {
        Parameter w1 = Deferred("W1"), w2 = Deferred("W2"), w3 = Deferred("W3");
        var y = Einsum("batch block embed, embed a, a b -> batch block b", x, w1, w2);
        var z = Einsum("batch block embed, embed b -> batch block b", x, w3) + y;
        Assert.Equal(["[embed=5, a=?]", "[a=?, b=?]", "[embed=5, b=?]"], new[] { w1, w2, w3 }.Select(w => w.Shape.ToString()));
        Einsum("b embed, embed hidden -> b hidden", new Input("h", [new("b", 7)]).BroadcastTo([new("b", 7), Embed]), w1);
        _ = w2 * new Input("g", [new("a", 2), new("b", 3)]);
        Assert.Equal(["[embed=5, a=2]", "[a=2, b=3]", "[embed=5, b=3]"], new[] { w1, w2, w3 }.Select(w => w.Shape.ToString()));
        CentralDifferences.Check(z.Sum(z.Shape), x, w1, w2, w3);
    }

    [Fact]
    public void Uses_that_disagree_on_an_axis_that_was_open()
    {
        var w = Deferred("W");
        var h = Einsum("batch block embed, block embed hidden -> batch hidden", x, w).As("h");
        _ = h + new Input("bias", [Hidden]);
        var line = Line() - 1;
        Fails($"axis 'hidden' has length 6 in 'h' (axis 'hidden' of 'W', fixed in DeferredParameterTests.cs:{line}) and 7 in 'scale'", () => h * new Input("scale", [new("hidden", 7)]));
        Fails($"axis 'hidden' has length 6 in 'W' (axis 'hidden' of 'W', fixed in DeferredParameterTests.cs:{line}) and 7 in 'scale'", () => w * new Input("scale", [new("hidden", 7)]));
    }

    [Fact]
    public void It_is_a_parameter_like_any_other()
    {
        var w = Deferred("W", Hidden);
        var loss = Tanh(x.Dot(w, over: [Block, Embed])).Sum([Batch, Hidden]);
        CentralDifferences.Check(loss, x, w);
        Assert.Equal("W[block,embed,hidden]", Program.Of("loss", [loss]).Leaves[1].ToString());
    }

    [Fact]
    public void Initializers_see_all_axes()
    {
        var w = Parameter.Deferred("W", [Hidden], Initializers.KaimingNormalTo(Initializers.TanhGain, Hidden));
        x.Dot(w, over: [Block, Embed]);
        var stated = new Parameter("W", [Block, Embed, Hidden], Initializers.KaimingNormal(Initializers.TanhGain, Block, Embed));
        Assert.Equal(Initial(stated), Initial(w));
    }

    [Fact]
    public void Two_uses_that_disagree()
    {
        var w = Deferred("W", Hidden);
        var longer = new Input("longer", [Batch, new("block", 8), Embed]);
        x.Dot(w, over: [Block, Embed]);
        var line = Line() - 1;
        Fails($"axis 'block' has length 8 in 'longer' and 3 in 'W' (fixed by its use in DeferredParameterTests.cs:{line})", () => longer.Dot(w, over: [longer.Shape[1], Embed]));
        Fails(
            $"einsum 'b block embed, block embed h -> b h', position 16: 'block' has length 8 in 'longer' and 3 in 'W' (fixed by its use in DeferredParameterTests.cs:{line})",
            () => Einsum("b block embed, block embed h -> b h", longer, w));
    }

    [Fact]
    public void Use_before_anything_fixed_the_axes()
    {
        var w = Parameter.Deferred("W", [Hidden], Initializers.Normal(1));
        var mistake = $"'W' states only the axes [hidden=6] (DeferredParameterTests.cs:{Line() - 1}), and nothing has fixed the others yet: use it in a Dot, an Einsum or as a table first";
        Fails(mistake, () => w + 1);
        Fails(mistake, () => w.Sum([Hidden]));
        Fails(mistake, () => Program.Of("p", [w]));
        Fails(mistake, () => new Update(w, 1.0));
        Fails(mistake, () => Initial(w));
        Fails(mistake, () => Deferred("V", Hidden).Dot(w, over: [Hidden]));
        Fails($"'V' states no axes (DeferredParameterTests.cs:{Line()}), and nothing has fixed the others yet: use it in a Dot, an Einsum or as a table first", () => Parameter.Deferred("V", [], Initializers.Normal(1)) * x);
    }

    [Fact]
    public void Axis_that_nobody_fixes()
    {
        Fails("'x' has no axis 'vocab', only [batch=4, block=3, embed=5]", () => x.Dot(Deferred("W", Hidden), over: [Embed, Vocab]));
        var w = Parameter.Deferred("W", [Hidden], Initializers.Normal(1));
        var declared = Line() - 1;
        var h = Einsum("batch s e, s e k hidden -> batch k hidden", x, w);
        var mistake = $"nothing has fixed the axis 'k' of 'W' yet: the parameter states only the axes [hidden=6] (DeferredParameterTests.cs:{declared}), and its use in DeferredParameterTests.cs:{Line() - 1} says no length";
        Fails(mistake, () => Program.Of("p", [h]));
        Fails(mistake, () => h.Mean([.. h.Shape.Where(axis => axis.Name == "k")]));
        Fails(mistake, () => Initial(w));
        Fails(
            "einsum 'b s e, s e k h -> b h', position 12: 'W' states [hidden=6], and 'k' or 'h' could mean that",
            () => Einsum("b s e, s e k h -> b h", x, Deferred("W", Hidden)));
        Fails("einsum 'b s e, s e -> b', position 8: 'W' states [hidden=6], and no label could mean that", () => Einsum("b s e, s e -> b", x, Deferred("W", Hidden)));
        Fails(
            "einsum 'b s e, 2*s e h -> b h', position 8: '2*s' says no length, and 'W' has only the axes [hidden=6] yet: all its indices are labels",
            () => Einsum("b s e, 2*s e h -> b h", x, Deferred("W", Hidden)));
    }

    [Fact]
    public void Stated_axis_of_another_length()
    {
        Fails("axis 'embed' has length 9 in 'W' and 5 here", () => x.Dot(Deferred("W", new Axis("embed", 9)), over: [Embed]));
        Fails("einsum 'b s embed, embed h -> b h', position 12: 'embed' has length 5 in 'x' and 9 in 'W'", () => Einsum("b s embed, embed h -> b h", x, Deferred("W", new("embed", 9), Hidden)));
    }

    [Fact]
    public void A_use_that_fails_fixes_nothing()
    {
        var w = Deferred("W", Hidden);
        Assert.Throws<ShapeException>(() => x.Dot(w, over: [Vocab]));
        Assert.Throws<EinsumException>(() => Einsum("b s e, s k h -> b h", x, w));
        x.Dot(w, over: [Embed]);
        Assert.Equal([Embed, Hidden], w.Shape);
    }

    static Parameter Deferred(string name, params Axis[] stated) => Parameter.Deferred(name, [.. stated], Initializers.Normal(1));

    static int Line([CallerLineNumber] int line = 0) => line;

    static float[] Initial(Parameter parameter)
    {
        using var storage = new Storage();
        storage.Initialize([parameter], new TorchRandom(1));
        return storage.Read(parameter);
    }

    static void Fails(string message, Func<object> build) =>
        Assert.Equal($"{message} (DeferredParameterTests.cs:LINE)", Regex.Replace(Assert.ThrowsAny<ShapeException>(build).Message, "[0-9]+\\)$", "LINE)"));
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Running;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Roslyn;

/// <summary>Parameters that change in some places, and programs that are prepared for parameters that do not change.</summary>
public class PartialUpdateTests
{
    static readonly Axis Batch = new("batch", 5), Past = new("past", 9), Embed = new("embed", 12), Hidden = new("hidden", 21), Vocab = new("vocab", 7), Two = new("two", 3);

    [Fact]
    public void Caches_change_where_indices_say()
    {
        var position = new IndexInput("position", [Batch], Past);
        var (x, weight) = (new Input("x", [Batch, Embed]), new Parameter("weight", [Embed, Hidden], Initializers.Constant(0)));
        var key = x.Dot(weight, over: [Embed]).As("key");
        Parameter[] caches = [.. ((Shape[])[[Batch, Past, Hidden], [Batch, Hidden, Past], [Past, Batch, Hidden]]).Select((shape, i) => new Parameter($"cache{i}", shape, Initializers.Constant(0)))];
        var scores = caches.Select(cache => key.Dot(cache, over: [Hidden]));
        Compiled.AgreesWithInterpreter(Program.Of("cache", [.. scores], [.. caches.Select(cache => new Update(cache, position, key))]));
        Compiled.AgreesWithInterpreter(Program.Of("cache", [], [.. caches.Select(cache => new Update(cache, position, key + cache.Sum([Past])))]));
    }

    [Fact]
    public void Parameter_of_three_axes_becomes_a_product()
    {
        var (table, weight) = (new Input("table", [Vocab, Embed]), new Input("weight", [Two, Embed, Hidden]));
        var target = new Parameter("target", [Vocab, Two, Hidden], Initializers.Constant(0));
        Compiled.AgreesWithInterpreter(Program.Of("product", [], [new(target, table.Dot(weight, over: [Embed]))]));
    }

    [Fact]
    public void Prepared_program_computes_the_same_and_of_weights_nothing_in_a_run()
    {
        var characters = new IndexInput("x", [Batch, Two], Vocab);
        Parameter table = Of("C", Vocab, Embed), first = Of("W1", Two, Embed, Hidden), bias = Of("b1", Hidden), more = Of("b2", Hidden), second = Of("W2", Vocab, Hidden), state = Of("state", Batch, Hidden);
        var h = Tanh(table[characters].Dot(first, over: [Two, Embed]) + (bias + more) + state).As("h");
        var logits = h.Dot(second, over: [Hidden]).As("logits");
        var prepared = PreparedProgram.Of("step", [logits], [new(state, h)]);
        Assert.Equal(["C_times_W1.ready", "add.ready", "state", "W2.ready"], prepared.Run.Leaves.Where(leaf => leaf.Leaf is Parameter).Select(leaf => leaf.Name));

        using var storage = new Storage();
        foreach (var leaf in new Leaf[] { table, first, bias, more, second, state, characters })
            Compiled.Fill(leaf, storage);
        using Routine preparation = new(prepared.Preparation, Compiled.Backend, storage), run = new(prepared.Run, Compiled.Backend, storage);
        using var asWritten = new Routine(Program.Of("step", [logits]), Compiled.Backend, storage);
        preparation.Run();
        asWritten.Run();
        run.Run();
        var expected = asWritten.Output().ToArray();
        Assert.All(expected.Zip(run.Output().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.Contains(expected, number => number != 0);
    }

    static Parameter Of(string name, params Axis[] shape) => new(name, [.. shape], Initializers.Constant(0));
}

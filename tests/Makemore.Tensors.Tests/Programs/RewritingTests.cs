using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends.Interpreter;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Gradients;
using Makemore.Testing;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Programs;

public class RewritingTests
{
    static readonly Axis Vocab = new("vocab", 5), Embed = new("embed", 32), Hidden = new("hidden", 3), Block = new("block", 3);

    [Fact]
    public void Rows_of_a_table_go_through_a_layer_once_where_there_are_more_of_them_than_the_table_has()
    {
        var program = EmbeddingAndLayer(40, Rewrite.Worthwhile);
        Assert.Equal(3, program.Rewrites.Count(note => note.Applied));
        Expected.Matches("embedding-and-layer.program", $"{program}\n{string.Join('\n', program.Rewrites)}\n");
    }

    [Fact]
    public void A_few_rows_are_multiplied_as_they_are()
    {
        var program = EmbeddingAndLayer(2, Rewrite.Worthwhile);
        Assert.Equal(EmbeddingAndLayer(2, Rewrite.Never).ToString(), program.ToString());
        Assert.Contains("preact_sum: table[x]·W = (table·W)[x]; left as written, 1,548 operations instead of 576, and fewer than 70 % were worth it", program.Rewrites.Select(note => note.ToString()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    public void Both_ways_compute_the_same(int batch) =>
        AssertAgree(EmbeddingAndLayer(batch, Rewrite.Never), EmbeddingAndLayer(batch, Rewrite.Always));

    [Fact]
    public void Several_layers_that_read_one_embedding_each_have_their_gradient_added_up_first()
    {
        var (written, rewritten) = (EmbeddingAndTwoLayers(Rewrite.Never), EmbeddingAndTwoLayers(Rewrite.Worthwhile));
        Assert.Contains("C.grad: (g·W added up by x) = (g added up by x)·W; done, 2,400 operations instead of 7,680", rewritten.Rewrites.Select(note => note.ToString()));
        AssertAgree(written, rewritten);
    }

    [Fact]
    public void Rows_taken_in_pairs_are_chosen_by_pairs_of_indices()
    {
        var program = EmbeddingInPairs(40, Rewrite.Worthwhile);
        Assert.Equal(3, program.Rewrites.Count(note => note.Applied));
        Expected.Matches("embedding-in-pairs.program", $"{program}\n{string.Join('\n', program.Rewrites)}\n");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public void Pairs_of_rows_are_the_same_both_ways(int batch) =>
        AssertAgree(EmbeddingInPairs(batch, Rewrite.Never), EmbeddingInPairs(batch, Rewrite.Always));

    [Fact]
    public void Where_single_elements_of_the_rows_move_they_are_multiplied_as_they_are()
    {
        var (batch, half, part) = (new Axis("batch", 40), new Axis("half", 2), new Axis("part", 16));
        Parameter table = new("C", [Vocab, Embed], Initializers.Normal(1)), weights = new("W", [part, Hidden], Initializers.Normal(1));
        var halves = table[new IndexInput("x", [batch], Vocab)].Split(Embed, [half, part]);
        var loss = Tanh(halves.Dot(weights, [part])).Sum([batch, half, Hidden]).As("loss");
        Assert.Empty(Program.Of("test", [loss, .. Gradient.Of(loss, [table, weights])]).Rewrites);
    }

    static Program EmbeddingInPairs(int rows, Rewrite rewrite)
    {
        var (batch, time, position, pair) = (new Axis("batch", rows), new Axis("time", 4), new Axis("position", 2), new Axis("pair", 2));
        Parameter table = new("C", [Vocab, Embed], Initializers.Normal(1)), weights = new("W", [pair, Embed, Hidden], Initializers.Normal(1));
        var emb = table[new IndexInput("x", [batch, time], Vocab)].As("emb");
        var loss = Tanh(emb.Split(time, [position, pair]).Dot(weights, [pair, Embed]).As("preact")).Sum([batch, position, Hidden]).As("loss");
        return Program.Of("test", [loss, .. Gradient.Of(loss, [table, weights])], rewrite: rewrite);
    }

    static Program EmbeddingAndTwoLayers(Rewrite rewrite)
    {
        var batch = new Axis("batch", 40);
        Parameter table = new("C", [Vocab, Embed], Initializers.Normal(1)), first = new("W", [Embed, Hidden], Initializers.Normal(1)), second = new("V", [Embed, Hidden], Initializers.Normal(1));
        var emb = table[new IndexInput("x", [batch], Vocab)].As("emb");
        var loss = (Tanh(emb.Dot(first, [Embed])) * Exp(emb.Dot(second, [Embed]))).Sum([batch, Hidden]).As("loss");
        return Program.Of("test", [loss, .. Gradient.Of(loss, [table])], rewrite: rewrite);
    }

    static Program EmbeddingAndLayer(int rows, Rewrite rewrite)
    {
        var batch = new Axis("batch", rows);
        Parameter table = new("C", [Vocab, Embed], Initializers.Normal(1)), weights = new("W", [Block, Embed, Hidden], Initializers.Normal(1));
        var emb = table[new IndexInput("x", [batch, Block], Vocab)].As("emb");
        var loss = Tanh(emb.Dot(weights, [Block, Embed]).As("preact_sum")).Sum([batch, Hidden]).As("loss");
        return Program.Of("test", [loss, .. Gradient.Of(loss, [table, weights])], rewrite: rewrite);
    }

    static void AssertAgree(Program written, Program rewritten) =>
        Assert.All(Run(written).Zip(Run(rewritten)), pair => Assert.Equal(pair.First, pair.Second, (x, y) => Math.Abs(x - y) < 1e-12));

    static List<double[]> Run(Program program)
    {
        var interpreter = new Interpreter(program);
        foreach (var leaf in program.Leaves)
        {
            var random = new Random(leaf.Name[0]);
            foreach (ref var element in interpreter[leaf].AsSpan())
                element = leaf.Leaf is IndexInput ? random.Next(Vocab.Length) : random.NextDouble() - 0.5;
        }

        interpreter.Run();
        return [.. program.Outputs.Select(output => interpreter[output])];
    }
}

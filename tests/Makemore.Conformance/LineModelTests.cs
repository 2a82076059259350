using Makemore.Files;
using Makemore.Models;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Roslyn;
using Makemore.Tensors.Running;
using Makemore.Text;
using Makemore.Training;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore;

/// <summary>Models of whole lines, compiled, against PyTorch's autograd: same weights, same batch of lines of different lengths.</summary>
public class LineModelTests
{
    const double Tolerance = 1e-5;

    [Theory]
    [InlineData("transformer", 8, 27, 16, 64, 64, 4, 4)]
    [InlineData("transformer", 3, 11, 5, 12, 0, 2, 3)]
    [InlineData("transformer", 5, 7, 9, 10, 0, 1, 1)]
    [InlineData("microgpt", 8, 27, 16, 16, 0, 1, 4)]
    [InlineData("microgpt", 3, 11, 5, 12, 0, 3, 2)]
    [InlineData("bow", 8, 27, 16, 64, 64, 1, 1)]
    [InlineData("bow", 3, 11, 5, 7, 13, 1, 1)]
    [InlineData("mlp-makemore", 8, 27, 16, 64, 64, 1, 1)]
    [InlineData("mlp-makemore", 3, 11, 5, 7, 13, 1, 1)]
    [InlineData("rnn", 8, 27, 16, 64, 64, 1, 1)]
    [InlineData("rnn", 3, 11, 5, 7, 13, 1, 1)]
    [InlineData("gru", 8, 27, 16, 64, 64, 1, 1)]
    [InlineData("gru", 3, 11, 5, 7, 13, 1, 1)]
    [InlineData("lstm", 8, 27, 16, 64, 64, 1, 1)]
    [InlineData("lstm", 3, 11, 5, 7, 13, 2, 1)]
    public void Logits_loss_and_gradients_equal_PyTorch(string kind, int batch, int vocab, int block, int embed, int hidden, int layers, int heads)
    {
        var model = ModelCatalog.Create(Settings(kind, block, embed, hidden, layers, heads), vocab);
        using var storage = new Storage();
        var lines = Lines(new TorchRandom(block), batch, block, vocab);
        foreach (var parameter in model.Parameters)
            storage.Write(parameter, Normals(new TorchRandom(embed + model.Parameters.ToList().IndexOf(parameter)), parameter.Shape));

        using var routine = Gradients(model, storage, lines);
        routine.Run();
        var theirs = Torch.Run(
            "line_gradients.py",
            [kind],
            [
                .. model.Parameters.Select(parameter => TensorData.Of(parameter.Name, [.. parameter.Shape.Select(axis => axis.Length)], storage.Read(parameter))),
                TensorData.Of("sizes", [6], [vocab, block, embed, hidden, layers, (long)heads]),
                TensorData.Of("x", [batch, block], [.. lines.Contexts.Select(token => (long)token)]),
                TensorData.Of("y", [batch, block], [.. lines.Targets.Select((token, i) => i % block < lines.Lengths![i / block] ? token : -1L)]),
            ]);

        Near.Equal(theirs["loss"].Floats, routine.Output(), Tolerance, "loss");
        Near.Equal(theirs["logits"].Floats, routine.Output(1), Tolerance, "logits");
        Assert.Equal(model.Parameters.Select(parameter => parameter.Name).Concat(["logits", "loss"]).ToHashSet(), theirs.Tensors.Select(tensor => tensor.Name).ToHashSet());
        for (var i = 0; i < model.Parameters.Count; i++)
        {
            Assert.Equal(theirs[model.Parameters[i].Name].Shape, model.Parameters[i].Shape.Select(axis => axis.Length));
            Near.Equal(theirs[model.Parameters[i].Name].Floats, routine.Output(i + 2), Tolerance, $"{model.Parameters[i].Name}.grad");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_stands_after_a_lines_end_changes_nothing(string kind)
    {
        const int batch = 4, vocab = 11, block = 6;
        var model = ModelCatalog.Create(Settings(kind, block, 12, 13, 2, 3), vocab);
        using var storage = new Storage();
        storage.Initialize(model.Parameters, new TorchRandom(5));
        var lines = Lines(new TorchRandom(block), batch, block, vocab);
        var (inputs, targets) = (lines.Contexts, lines.Targets);
        using var routine = Gradients(model, storage, lines);
        routine.Run();
        var before = Results();

        for (var i = 0; i < inputs.Length; i++)
            (inputs[i], targets[i]) = i % block < lines.Lengths![i / block] ? (inputs[i], targets[i]) : ((i * 7 % (vocab - 1)) + 1, i * 5 % vocab);
        storage.Write(X(routine), inputs);
        storage.Write(Y(routine), targets);
        routine.Run();
        var after = Results();

        Assert.NotEqual(before[1], after[1]);
        for (var i = 0; i < before.Length; i++)
        {
            if (i != 1)
                Assert.Equal(before[i], after[i]);
        }

        float[][] Results() => [.. Enumerable.Range(0, model.Parameters.Count + 2).Select(output => routine.Output(output).ToArray())];
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Parameters_begin_with_PyTorchs_numbers(string kind)
    {
        // makemore.py's modules; microgpt.py draws from Python's own generator.
        if (kind == "microgpt")
            return;
        const int vocab = 27, block = 16, size = 64;
        var model = ModelCatalog.Create(Settings(kind, block, size, size, 2, 4), vocab);
        using var storage = new Storage();
        storage.Initialize(model.Parameters, new TorchRandom(3407));
        var theirs = Torch.Run("line_weights.py", [kind], [TensorData.Of("seed", [], [3407L]), TensorData.Of("sizes", [6], [vocab, block, size, size, 2, 4L])]);
        foreach (var parameter in model.Parameters)
            Near.Equal(theirs[parameter.Name].Floats, storage.Read(parameter), 1e-6, parameter.Name);
    }

    public static TheoryData<string> Kinds => [.. ModelCatalog.Available.Keys.Where(ModelCatalog.LearnsLines)];

    // The logits of all positions; loss and gradients of those that count, as a training computes them.
    static Routine Gradients(LanguageModel model, Storage storage, Examples lines)
    {
        Axis batch = new("batch", lines.Count), example = new("example", lines.Count);
        IndexInput x = new("x", [example, model.Block], model.Vocab), y = new("y", [example, model.Block], model.Vocab);
        var lengths = new Input("lengths", [example]);
        var packed = new LineBatch(example, batch, model.Block, lines.Contexts.Length, lengths);
        var losses = CrossEntropy(((SequenceModel)model).Logits(x[packed.Numbers], packed.Packing), packed.Packing.Pack(y[packed.Numbers]));
        var loss = losses.Mean(losses.Shape).As("loss");
        var logits = model.Logits(x).Permute([example, model.Block, model.Vocab]);
        var routine = new Routine(Program.Of("gradients", [loss, logits, .. Gradient.Of(loss, model.Parameters)]), RoslynCompiler.Backend, storage);
        storage.Write(x, lines.Contexts);
        storage.Write(y, lines.Targets);
        storage.Write(lengths, [.. lines.Lengths!.Select(positions => (float)positions)]);
        packed.Write(storage, routine.Lengths, lines, [.. Enumerable.Range(0, lines.Count)]);
        return routine;
    }

    static IndexInput X(Routine routine) => Leaf(routine, "x");

    static IndexInput Y(Routine routine) => Leaf(routine, "y");

    static IndexInput Leaf(Routine routine, string name) => (IndexInput)routine.Program.Leaves.Single(value => value.Name == name).Leaf!;

    static ModelSettings Settings(string kind, int block, int embed, int hidden, int layers, int heads) =>
        new() { Model = kind, Block = block, Embed = embed, Width = embed, Hidden = hidden, Layers = layers, Heads = heads };

    // Lines of every length there may be, a marker before and nothing but markers after.
    static Examples Lines(TorchRandom random, int batch, int block, int vocab)
    {
        var alphabet = string.Concat(Enumerable.Range(0, vocab - 1).Select(token => (char)('a' + token)));
        var tokens = new int[batch * block];
        random.RandInt(1, vocab, tokens);
        return Examples.OfLines(
            Enumerable.Range(0, batch).Select(line => string.Concat(tokens.Skip(line * block).Take(((line * 5) + block - 1) % block).Select(token => alphabet[token - 1]))), new Vocabulary(alphabet), block);
    }

    // Far enough from 0 for every gradient to be so too, and small enough for a recurrence not to blow up what is rounded.
    static float[] Normals(TorchRandom random, Shape shape)
    {
        var numbers = new float[shape.Elements];
        random.Normal(numbers, 0, Math.Min(0.3, 1 / Math.Sqrt(shape[^1].Length)));
        return numbers;
    }
}

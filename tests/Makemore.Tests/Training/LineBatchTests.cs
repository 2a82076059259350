using Makemore.Models;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends.Interpreter;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Running;
using Makemore.Text;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Training;

public class LineBatchTests
{
    const int Block = 7;

    static readonly Examples Lines = Examples.OfLines(["ava", "", "isabel", "mia", "o"], new Vocabulary("abeilmosv"), Block);

    static readonly Axis Example = new("example", Lines.Count), Time = new("time", Block), Vocab = new("vocab", 10);

    readonly Input lengths = new("lengths", [Example]);

    // With a line that is as long as can be, and without.
    public static MatrixTheoryData<string, int[]> KindsAndLines => new(ModelCatalog.Available.Keys.Where(ModelCatalog.LearnsLines), [[2, 0, 1, 4, 2, 3], [0, 3, 1, 4]]);

    [Theory]
    [MemberData(nameof(KindsAndLines))]
    public void Packed_or_not_loss_and_gradients_are_the_same(string kind, int[] numbers)
    {
        var model = (SequenceModel)ModelCatalog.Create(new() { Model = kind, Block = Block, Embed = 4, Width = 4, Hidden = 3, Layers = 2, Heads = 2 }, Vocab.Length);
        var batch = new LineBatch(Example, new("batch", numbers.Length), Time, numbers.Length * Block, lengths);
        IndexInput contexts = new("contexts", [Example, Time], Vocab), targets = new("targets", [Example, Time], Vocab);
        var (x, y) = (contexts[batch.Numbers], targets[batch.Numbers]);
        var packed = CrossEntropy(model.Logits(x, batch.Packing), batch.Packing.Pack(y));
        var (expected, actual) = (
            Results(MeanCrossEntropy(model.Logits(x), y, PositionAlong(Time) < lengths[batch.Numbers])),
            Results(packed.Mean(packed.Shape)));
        foreach (var (one, other) in expected.Zip(actual))
        {
            Assert.Contains(one, number => number != 0);
            Assert.All(one.Zip(other), pair => Assert.Equal(pair.First, pair.Second, 1e-14 * (1 + one.Max(Math.Abs))));
        }

        List<double[]> Results(Tensor loss)
        {
            var program = Program.Of("gradients", [loss.As("loss"), .. Gradient.Of(loss, model.Parameters)]);
            using var storage = new Storage();
            storage.Initialize(model.Parameters, new TorchRandom(3));
            storage.Write(contexts, Lines.Contexts);
            storage.Write(targets, Lines.Targets);
            storage.Write(lengths, [.. Lines.Lengths!.Select(length => (float)length)]);
            var interpreter = new Interpreter(program);
            batch.Write(storage, program.BoundedAxes.Count > 0 ? interpreter.Lengths : new([batch.Row]), Lines, numbers);
            storage.CopyTo(interpreter);
            interpreter.Run();
            return [.. program.Outputs.Select(output => interpreter[output])];
        }
    }

    [Theory]
    [InlineData(14, 0, 5, 3)]
    [InlineData(12, 0, 5, 3)]
    [InlineData(11, 0, 5, 2)]
    [InlineData(7, 2, 5, 1)]
    [InlineData(7, 3, 5, 2)]
    [InlineData(35, 0, 5, 5)]
    [InlineData(35, 1, 2, 2)]
    public void As_many_lines_are_taken_together_as_have_room(int positions, int from, int lines, int fitting) =>
        Assert.Equal(fitting, new LineBatch(Example, Axis.UpTo("batch", lines), Time, positions, lengths).Fitting(Lines, from));

    [Fact]
    public void Lines_taken_say_how_long_they_are()
    {
        Axis batch = Axis.UpTo("batch", 4);
        var taken = new LineBatch(Example, batch, Time, 20, lengths);
        using var storage = new Storage();
        var now = new AxisLengths([batch, taken.Row]);
        taken.Write(storage, now, Lines, [3, 1, 3]);
        Assert.Equal((3, 9), (now[batch], now[taken.Row]));
        taken.Write(storage, now, Lines, [1]);
        Assert.Equal((1, 1), (now[batch], now[taken.Row]));
    }
}

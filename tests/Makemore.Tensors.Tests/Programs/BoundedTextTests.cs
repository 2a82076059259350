using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Loops;
using Makemore.Testing;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Programs;

/// <summary>How programs with bounded axes read: a length is |batch|, and loops run up to it.</summary>
public class BoundedTextTests
{
    static readonly Axis Row = Axis.UpTo("row", 37), Channel = new("channel", 16);

    readonly Input x = new("x", [Row, Channel]);

    [Fact]
    public void A_mean_divides_by_the_length()
    {
        Assert.Equal(["divide[channel] = (Σ[row] x[row,channel])/|row|"], Lines(x.Mean([Row])));
        Assert.Equal(["divide = (Σ[row,channel] x[row,channel])/(16·|row|)"], Lines(x.Mean([Row, Channel])));
        Assert.Equal(["multiply[row,channel] = |row|·x[row,channel]"], Lines(LengthOf([Row.Called("key")]) * x));
    }

    [Fact]
    public void What_does_not_exist_is_the_number_around_it() =>
        Assert.Equal(["pad[row,channel] = x[row,channel], elsewhere 0"], Lines(x.Pad(Row, 0, 0, new Axis("all", 37))));

    [Fact]
    public void Packing_picks_elements_and_so_do_its_gradients()
    {
        Axis batch = new("batch", 4), time = new("time", 8);
        var packing = new Packing(
            [new IndexInput("line_of", [Row], batch), new IndexInput("time_of", [Row], time)], new IndexInput("row_of", [batch, time], Row), PositionAlong(time) < new Input("length", [batch]));
        var lines = new Input("lines", [batch, time, Channel]);
        Assert.Equal(["lines.packed[row,channel] = lines[line_of[row],time_of[row],channel]"], Lines(packing.Pack(lines)));
        Assert.Equal(["x.unpacked[batch,time,channel] = [time < length[batch]] ? x[row_of[batch,time],channel] : 0"], Lines(packing.Unpack(x)));
        Assert.Equal(["weights.packed[row,channel] = weights[time_of[row],channel]"], Lines(packing.Pack(new Input("weights", [time, Channel]))));
        Assert.Equal(
            ["lines.packed.grad[row,channel] = 2·x[row,channel]", "lines.grad[batch,time,channel] = [time < length[batch]] ? lines.packed.grad[row_of[batch,time],channel] : 0"],
            Lines(Gradient.Of((packing.Pack(lines) * x * 2).Sum([Row, Channel]), [lines])[0]));
        Assert.Equal(
            ["x.unpacked.grad[batch,time,channel] = 2·lines[batch,time,channel]", "x.grad[row,channel] = x.unpacked.grad[line_of[row],time_of[row],channel]"],
            Lines(Gradient.Of((packing.Unpack(x) * lines * 2).Sum([batch, time, Channel]), [x])[0]));
    }

    [Fact]
    public void A_training_step_on_as_many_rows_as_there_are()
    {
        Axis vocab = new("vocab", 27), embed = new("embed", 10), hidden = new("hidden", 64), batch = Axis.UpTo("batch", 32);
        Parameter table = new("C", [vocab, embed], Initializers.Normal(1)), weights = new("W", [embed, hidden], Initializers.Normal(1)), output = new("V", [hidden, vocab], Initializers.Normal(1));
        var h = Tanh(table[new IndexInput("x", [batch], vocab)].As("emb").Dot(weights, [embed])).As("h");
        var loss = CrossEntropy(h.Dot(output, [hidden]).As("logits"), new IndexInput("y", [batch], vocab)).Mean([batch]).As("loss");
        Parameter[] parameters = [table, weights, output];
        var program = Program.Of("train", [loss], [.. parameters.Zip(Gradient.Of(loss, parameters), (parameter, gradient) => new Update(parameter, parameter - (0.1 * gradient)))]);
        Expected.Matches("bounded-batch.program", program.ToString());
        Expected.Matches("bounded-batch.loops", LoopProgram.Of(program).ToString());
    }

    static string[] Lines(Tensor tensor) => [.. Program.Of("test", [tensor]).Assignments.Select(assignment => assignment.ToString())];
}

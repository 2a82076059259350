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
    public void Packing_is_a_gather_and_unpacking_a_scatter()
    {
        Axis batch = new("batch", 4), time = new("time", 8);
        var positions = new IndexInput("positions", [Row], new Axis("position", 32));
        Assert.Equal(
            ["merge[8·batch+time,channel] = lines[batch,time,channel]", "gather[row,channel] = merge[positions[row],channel]"],
            Lines(Pack(new Input("lines", [batch, time, Channel]), [batch, time], positions)));
        Assert.Equal(
            ["scatter[positions[row],channel] += x[row,channel]", "split[batch,time,channel] = scatter[8·batch+time,channel]"],
            Lines(Unpack(x, positions, [batch, time])));
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

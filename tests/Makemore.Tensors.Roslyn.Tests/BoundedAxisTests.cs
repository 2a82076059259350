using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends.Checking;
using Makemore.Tensors.Backends.CSharp;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Running;
using Makemore.Testing;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Roslyn;

/// <summary>
/// Code whose axes are as long as each run says. <see cref="Compiled"/> runs it with all of them at their bounds, at 0, at 1 and at one
/// less than the bound, and puts NaN wherever nothing exists.
/// </summary>
public class BoundedAxisTests
{
    static readonly Axis Row = Axis.UpTo("row", 37), Key = Row.Called("key"), Batch = Axis.UpTo("batch", 5);

    static readonly Axis J = new("j", 20), K = new("k", 33), Odd = new("odd", 3), Time = new("time", 8), Position = new("position", 40);

    readonly Input x = new("x", [Row, J]), turned = new("turned", [J, Row]), w = new("w", [J, K]), cube = new("cube", [Batch, Time, J]), odd = new("odd_rows", [Row, Odd]);

    [Fact]
    public void Elements_one_by_one() => Agree(Tanh(x), Exp(turned), x + turned, odd * 2 + 1, PositionAlong(Row) * x, Tanh(x.Sum([J])), Tanh(cube), cube.Rename(Batch, Batch.Called("b")) * cube);

    [Fact]
    public void Reductions() => Agree(
        x.Sum([Row]), x.Sum([J]), x.Sum([Row, J]), turned.Sum([Row]), turned.Max([J]), odd.Sum([Row]), odd.Sum([Row, Odd]), (turned * 2 + 1).Sum([Row]), Exp(cube).Sum([Batch, Time]), cube.Sum([Time]));

    [Fact]
    public void Lengths_as_numbers() => Agree(LengthOf([Row]), x * LengthOf([Row]), LengthOf([Row, J]) + LengthOf([Batch]), turned - LengthOf([Batch]), x.Dot(w, [J]) / LengthOf([Batch]));

    [Fact]
    public void Means_where_there_is_something() => Agree(
        Where(LengthOf([Row]) > 0, x.Mean([Row]), -1), Where(LengthOf([Row]) > 0, turned.Mean([Row, J]), -1), Where(LengthOf([Row]) > 1, Variance(x, [Row], unbiased: true), -1));

    [Fact]
    public void Products_with_bounded_rows() => Agree(x.Dot(w, [J]), turned.Dot(w, [J]), cube.Dot(w, [J]), Tanh(x.Dot(w, [J]) + new Input("bias", [K])), odd.Dot(new Input("v", [Odd, J]), [Odd]), Maximum(0, x.Dot(w, [J])));

    [Fact]
    public void Products_with_bounded_columns() => Agree(w.Dot(turned, [J]), w.Dot(x, [J]), cube.Dot(turned, [J]), w.Dot(turned, [J]) + new Input("start", [K, Row]), w.Dot(cube, [J]), Maximum(0.0, w.Dot(turned, [J])));

    [Fact]
    public void Products_with_a_bounded_depth()
    {
        Input y = new("y", [Row, K]), up = new("up", [Batch, Time, K]), swapped = new("swapped", [Time, Batch, J]);
        Agree(
            x.Dot(y, [Row]), turned.Dot(y, [Row]), turned.Dot(new Input("yt", [K, Row]), [Row]), cube.Dot(up, [Batch, Time]), swapped.Dot(up, [Time, Batch]),
            new Input("two", [Row, Batch, J]).Dot(new Input("other", [Row, Batch, K]), [Row, Batch]));
    }

    [Fact]
    public void Products_whose_axes_are_all_bounded() => Agree(
        x.Dot(x.Rename(Row, Key), [J]), x.Dot(x.Rename(Row, Key), [J]).Dot(x.Rename(Row, Key), [Key]), new Input("a", [Row, Batch]).Dot(new Input("b", [Batch, Key]), [Batch]));

    [Fact]
    public void Softmax_and_norms() => Agree(
        Softmax(x, [Row]), Softmax(x, [J]), Softmax(turned, [Row]), LayerNorm(x, [J], 1, 0), BatchNorm(x, [Row], 1, 0), BatchNorm(turned, [Row], 1, 0), LogSoftmax(x, [Row, J]));

    [Fact]
    public void Rows_of_tables()
    {
        var index = new IndexInput("index", [Row], J);
        Agree(w[index], x[index], CrossEntropy(x, index), w[index].Dot(w[index].Rename(Row, Key), [K]), new Input("flat", [J])[index]);
        Agree([.. Gradient.Of(Tanh(w[index]).Sum([Row, K]), [w]), .. Gradient.Of(Tanh(x[index]).Sum([Row]), [x])]);
    }

    [Fact]
    public void Elements_put_into_axes_of_fixed_length() => Agree(
        x.Pad(Row, 0, 0, new Axis("all", 37)), turned.Pad(Row, 2, 3, new Axis("all", 42), 0.5), x.Merge([Row, J], new Axis("all", 740)), odd.Merge([Row, Odd], new Axis("all", 111)),
        cube.Merge([Batch, Time], Position), new Input("all", [new Axis("all", 40), J]).Slice(new Axis("all", 40), 1, Row), Exp(turned.Sum([J])).Pad(Row, 0, 0, new Axis("all", 37)),
        Stack(new Axis("pair", 2), x, 2 * x), Concatenate(new Axis("j", 40), x, x));

    [Fact]
    public void Axes_within_axes()
    {
        Axis some = Axis.Within("some", Row), few = Axis.Within("few", some), all = new("all", 37);
        Agree(x.Slice(Row, 0, some), turned.Slice(Row, 0, few), x.Slice(Row, 0, some).Slice(some, 0, few).Sum([few]), x.Slice(Row, 0, few).Pad(few, 0, 0, some), x.Slice(Row, 0, few).Pad(few, 0, 0, Row) + x);
        Agree(x.Slice(Row, 0, few).Dot(w, [J]).Pad(few, 0, 0, some).As("placed") + 1, Tanh(w.Dot(turned.Slice(Row, 0, some), [J])).Pad(some, 0, 0, all));
    }

    [Fact]
    public void A_recurrence_of_lines_that_end()
    {
        Axis[] lines = [new("lines", 9), .. new Axis[3]];
        for (var i = 1; i < lines.Length; i++)
            lines[i] = i == 1 ? Axis.UpTo("lines1", 9) : Axis.Within($"lines{i}", lines[i - 1]);
        Axis step = new("step", lines.Length), before = new("before", J.Length);
        Input inputs = new("inputs", [lines[0], step, J]), start = new("start", [lines[0], J]);
        var weights = new Parameter("weights", [J, before], Initializers.Constant(0));
        var (h, states) = ((Tensor)start, new List<Tensor>());
        for (var i = 0; i < lines.Length; i++)
        {
            h = i == 0 ? h : h.Slice(lines[i - 1], 0, lines[i]);
            h = Tanh(inputs.At(step, i).Slice(lines[0], 0, lines[i]) + h.Rename(J, before).Dot(weights, [before])).As("h");
            states.Add(i == 0 ? h : h.Pad(lines[i], 0, 0, lines[0]));
        }

        var all = Stack(step, [.. states]).As("states");
        var loss = (all * new Input("upstream", [step, lines[0], J])).Sum(all.Shape);
        Agree([all, loss, .. Gradient.Of(loss, [weights, inputs, start])]);
    }

    [Fact]
    public void What_is_computed_beyond_a_length_never_lands_where_something_exists()
    {
        var all = new Axis("all", 37);
        var sums = Tanh(turned.Sum([J])).As("sums");
        Agree(Tanh(sums.Pad(Row, 0, 0, all, 0.5).As("padded") + PositionAlong(all)), Exp(Exp(sums).As("exp") * sums).Sum([Row]));
    }

    [Fact]
    public void Gradients_of_a_layer()
    {
        var bias = new Parameter("bias", [K], Initializers.Constant(0));
        var h = Maximum(0, x.Dot(w, [J]) + bias).As("h");
        var loss = CrossEntropy(h, new IndexInput("targets", [Row], K)).Sum([Row]).As("loss");
        Agree([loss, .. Gradient.Of(loss, [w, bias, x])]);
    }

    [Fact]
    public void Gradients_of_attention()
    {
        var scores = Causal(x.Dot(x.Rename(Row, Key), [J]), Row, Key).As("scores");
        var mixed = Softmax(scores, [Key]).As("weights").Dot(x.Rename(Row, Key), [Key]).As("mixed");
        Agree([mixed, .. Gradient.Of(Tanh(mixed).Sum([Row, J]), [x])]);
    }

    [Fact]
    public void Packed_attention_is_the_padded_one_where_characters_are()
    {
        var (batch, key) = (new Axis("batch", 5), new Axis("key", 8));
        Input lines = new("lines", [batch, Time, J]), weights = new("weights", [J, K]);
        Axis one = Axis.UpTo("row", 40);
        IndexInput line = new("line_of", [one], batch), time = new("time_of", [one], Time), rows = new("row_of", [batch, Time], one);
        var length = new Input("length", [batch]);
        var packing = new Packing([line, time], rows, PositionAlong(Time) < length);
        Tensor Attention(Tensor h) =>
            Softmax(Causal(h.Dot(h.Rename(Time, key), [K]) * 0.1, Time, key), [key]).Dot(h.Rename(Time, key), [key]);
        Tensor[] Results(Packing packing)
        {
            var h = Tanh(packing.Pack(lines).Dot(weights, [J])).As("h");
            var found = packing.Pack(Attention(packing.Unpack(h))).As("found");
            var counted = packing == Packing.None ? Where(PositionAlong(Time) < length, found, 0) : found;
            return [found, .. Gradient.Of(Tanh(counted).Sum(counted.Shape), [lines, weights])];
        }

        int[] lengths = [3, 8, 1, 0, 5];
        var places = lengths.SelectMany((length, line) => Enumerable.Range(0, length).Select(time => (Line: line, Time: time))).ToArray();
        using var storage = new Storage();
        Compiled.Fill(lines, storage);
        Compiled.Fill(weights, storage);
        storage.Write(line, [.. places.Select(place => place.Line)]);
        storage.Write(time, [.. places.Select(place => place.Time)]);
        storage.Write(rows, [.. Enumerable.Range(0, 40).Select(place => Math.Max(0, Array.IndexOf(places, (place / 8, place % 8))))]);
        storage.Write(length, [.. lengths.Select(length => (float)length)]);
        using var routine = new Routine(Program.Of("packed", Results(packing)), Compiled.Backend, storage);
        using var whole = new Routine(Program.Of("padded", Results(Packing.None)), Compiled.Backend, storage);
        routine.Lengths[one] = places.Length;
        routine.Run();
        whole.Run();
        Assert.Equal(places.Length * 33, routine.Output().Length);
        for (var row = 0; row < places.Length; row++)
            Assert.Equal(whole.Output().Slice(((places[row].Line * 8) + places[row].Time) * 33, 33), routine.Output().Slice(row * 33, 33));
        for (var output = 1; output < 3; output++)
        {
            foreach (var (padded, packed) in whole.Output(output).ToArray().Zip(routine.Output(output).ToArray()))
                Assert.Equal(padded, packed, 1e-5);
        }
    }

    [Fact]
    public void Setting_a_length_allocates_nothing_and_is_the_next_runs()
    {
        using var storage = new Storage();
        storage.Write(x, [.. Enumerable.Repeat(1f, 740)]);
        using var routine = new Routine(Program.Of("sum", [x.Sum([Row, J])]), Compiled.Backend, storage);
        routine.Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var length = 0; length <= 37; length++)
        {
            routine.Lengths[Row] = length;
            routine.Run();
            if (routine.Output()[0] != 20 * length)
                Assert.Fail($"the sum is {routine.Output()[0]} at {length}");
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_checked_run_looks_at_what_exists_only()
    {
        using var storage = new Storage();
        storage.Write(x, [.. Enumerable.Range(0, 740).Select(i => i < 100 ? 1f : 0f)]);
        using var routine = new Routine(Program.Of("log", [Log(x).As("log").Sum([J])]), new CheckedBackend(Compiled.Backend), storage);
        routine.Lengths[Row] = 5;
        routine.Run();
        routine.Lengths[Row] = 6;
        Assert.Equal("log[row=5,j=0] is −∞: log[row,j] = log(x[row,j])\n  x[row,j]  0..1; there 0", Assert.Throws<NotFiniteException>(routine.Run).Cause.ToString());
        routine.Lengths[Row] = 4;
        routine.Run();
    }

    [Fact]
    public void The_source_reads_like_this()
    {
        var steps = new Input("steps", [Batch, J]);
        var h = Tanh(steps.Dot(w, [J])).As("h");
        var program = Program.Of("bounded", [(h * h).Sum([K]).Mean([Batch]).As("loss"), steps.Sum([J]).As("sums"), Exp(new Input("odd", [Batch, Odd]))]);
        Expected.Matches("bounded.csharp", CSharpWriter.Write(LoopProgram.Of(program), new Target("Vector512", 16)));
    }

    static void Agree(params Tensor[] outputs) => Compiled.AgreesWithInterpreter(outputs);
}

using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Running;
using Makemore.Testing;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Roslyn;

/// <summary>Programs that several threads share: the same bits for any number of them.</summary>
public sealed class ThreadTests(ThreadTests.Teams teams) : IClassFixture<ThreadTests.Teams>
{
    static readonly int[] Counts = [1, 2, 3, 8];

    static readonly Axis Batch = new("batch", 13), Time = new("time", 9), Channel = new("channel", 20), Vocab = new("vocab", 27), Hidden = new("hidden", 70);

    readonly Input x = new("x", [Batch, Time, Channel]);

    [Fact]
    public void A_training_has_the_same_bits_on_any_number_of_threads()
    {
        var alone = TrainingRecord.Of(Compiled.Backend, steps: 300);
        foreach (var team in teams.All)
        {
            var shared = TrainingRecord.Of(Compiled.Backend, steps: 300, team);
            Assert.Equal(alone.Loss, shared.Loss);
            Assert.Equal(alone.Bytes, shared.Bytes);
        }
    }

    [Theory]
    [InlineData(32, 200)]
    [InlineData(7, 33)]
    [InlineData(300, 5)]
    public void The_lectures_step_has_the_same_bits(int batch, int hidden) => HasSameBits(new LectureMlp(batch, examples: 500, hidden: hidden).Training());

    [Fact]
    public void Normalisations_have_the_same_bits()
    {
        Input weight = new("weight", [Channel]), bias = new("bias", [Channel]);
        HasSameBits(
            [LayerNorm(x, [Channel], weight, bias), BatchNorm(x, [Batch, Time], weight, bias), RmsNorm(x, [Channel], weight), Softmax(x, [Channel]), Softmax(x, [Batch]), LogSumExp(x, [Time])],
            [x, weight, bias]);
    }

    // Some of these rows come four at a time where one thread has all of them, and their mean and deviation first.
    [Fact]
    public void Rows_that_fill_the_registers_have_the_same_bits()
    {
        var feature = new Axis("feature", 64);
        Input rows = new("rows", [Batch, feature]), weight = new("weight", [feature]), bias = new("bias", [feature]);
        HasSameBits([LayerNorm(rows, [feature], weight, bias)], [rows, weight, bias]);
        HasSameBits([RmsNorm(rows, [feature], weight), Softmax(rows, [feature])], [rows, weight]);
    }

    [Fact]
    public void Long_sums_of_few_rows_have_the_same_bits()
    {
        Input table = new("table", [Vocab, Hidden]), bias = new("bias", [Vocab]);
        foreach (var batch in new[] { Batch, Axis.UpTo("batch", 13), new Axis("batch", 1) })
            HasSameBits([new Input("rows", [batch, Hidden]).Dot(table, [Hidden]) + bias], [table, bias]);
        HasSameBits([new Input("few", [Time, Hidden]).Dot(new Input("others", [Axis.UpTo("other", 40), Hidden]), [Hidden])], []);
    }

    [Fact]
    public void Gathers_and_scatters_have_the_same_bits()
    {
        var rows = new IndexInput("rows", [Batch, Time], Vocab);
        var table = new Parameter("table", [Vocab, Channel], Initializers.Normal(1));
        var large = new Parameter("large", [Vocab, Hidden, Channel], Initializers.Normal(1));
        HasSameBits([table[rows], Tanh(table[rows]).Sum([Time]), large[rows].Max([Hidden]), CrossEntropy(x.Dot(table, [Channel]), rows)], [table, large, x]);
    }

    [Fact]
    public void Convolutions_by_views_have_the_same_bits()
    {
        Axis tap = new("tap", 3), position = new("position", 7), later = new("later", 5), half = new("half", 4), padded = new("padded", 11), filter = new("filter", 18);
        var kernel = new Parameter("kernel", [tap, Channel, filter], Initializers.Normal(1));
        HasSameBits(
            [
                x.Window(Time, position, tap).Dot(kernel, [tap, Channel]), x.Window(Time, later, tap, dilation: 2).Dot(kernel, [tap, Channel]), x.Window(Time, half, tap, stride: 2).Max([tap]),
                x.Pad(Time, 2, 0, padded).Dot(kernel.At(tap, 1), [Channel]), Stack(new Axis("layer", 2), x, Exp(x)), Concatenate(new Axis("batch", 26), x, Tanh(x)), x.Merge([Batch, Time], new Axis("rows", 117)).Shift(new Axis("rows", 117), 1),
            ],
            [x, kernel]);
    }

    [Fact]
    public void Attention_has_the_same_bits()
    {
        Axis key = new("key", Time.Length), head = new("head", 4), size = new("size", 5);
        var (w, v) = (new Parameter("w", [Channel, head, size], Initializers.Normal(1)), new Parameter("v", [Channel, Hidden], Initializers.Normal(1)));
        var heads = x.Dot(w, [Channel]).As("heads");
        var scores = Softmax(Causal(heads.Dot(heads.Rename(Time, key), [size]), Time, key), [key]);
        HasSameBits([scores.Dot(heads.Rename(Time, key), [key]), Gelu(x.Dot(v, [Channel])), x.Dot(v, [Channel]).Sum([Batch])], [x, w, v]);
    }

    [Fact]
    public void Bounded_rows_have_the_same_bits()
    {
        Axis row = Axis.UpTo("row", 75), key = row.Called("key");
        Input rows = new("rows", [row, Channel]), turned = new("turned", [Channel, row]), weight = new("weight", [Channel]);
        var (w, table) = (new Parameter("w", [Channel, Hidden], Initializers.Normal(1)), new Parameter("table", [Vocab, Channel], Initializers.Normal(1)));
        var chosen = new IndexInput("chosen", [row], Vocab);
        HasSameBits(
            [
                Gelu(LayerNorm(rows, [Channel], weight, weight).Dot(w, [Channel])), turned.Dot(w, [Channel]), Exp(rows.Sum([Channel])), Softmax(turned, [row]), rows + table[chosen],
                CrossEntropy(rows.Dot(table, [Channel]), chosen), Softmax(rows.Dot(rows.Rename(row, key), [Channel]), [key]).Dot(rows.Rename(row, key), [key]), w.Dot(turned, [Channel]),
            ],
            [rows, turned, weight, w, table]);
    }

    [Fact]
    public void Batches_of_any_length_have_the_same_bits()
    {
        Axis batch = Axis.UpTo("batch", 32), lane = Axis.UpTo("lane", 512), all = new("all", 32);
        Input cube = new("cube", [batch, Time, Channel]), lanes = new("lanes", [lane]), swapped = new("swapped", [Time, batch, Channel]), pairs = new("pairs", [batch, new Axis("pair", 16)]);
        var w = new Parameter("w", [Channel, Hidden], Initializers.Normal(1));
        HasSameBits(
            [
                Tanh(cube.Dot(w, [Channel])), swapped.Dot(w, [Channel]), Exp(lanes) * lanes, Softmax(cube, [Time]), cube + swapped, w.Dot(cube, [Channel]), Tanh(pairs), Exp(cube.Sum([Channel])),
                Exp(cube).Pad(batch, 0, 0, all), swapped.Dot(cube.Rename(Channel, new("other", 20)), [batch, Time]), Tanh(cube.Sum([Time, Channel])),
            ],
            [cube, lanes, swapped, w]);
    }

    [Fact]
    public void Packed_lines_have_the_same_bits()
    {
        int[] lengths = [3, 9, 1, 0, 5, 2, 7];
        Axis row = Axis.UpTo("row", 63), line = new("line", 7), past = new("past", Time.Length), head = new("head", 4), size = new("size", 5);
        IndexInput lineOf = new("line_of", [row], line), timeOf = new("time_of", [row], Time), rowOf = new("row_of", [line, Time], row);
        var (length, rows) = (new Input("length", [line]), new Input("rows", [row, Channel]));
        var w = new Parameter("w", [Channel, head, size], Initializers.Normal(1));
        var packing = new Packing([lineOf, timeOf], rowOf, PositionAlong(Time) < length);
        var heads = packing.Unpack(Tanh(rows.Dot(w, [Channel])).As("heads"));
        var found = packing.Pack(Softmax(Causal(heads.Dot(heads.Rename(Time, past), [size]), Time, past), [past]).Dot(heads.Rename(Time, past), [past]).As("found"));
        var result = Tanh(found.Dot(w, [head, size])).As("result");
        var program = Program.Of("packed", [result, .. Gradient.Of(result.Sum(result.Shape), [rows, w])]);

        var places = lengths.SelectMany((length, line) => Enumerable.Range(0, length).Select(time => (Line: line, Time: time))).ToArray();
        var executable = Compiled.Backend.CompilePhases(program);
        var alone = Bits(storage => new Routine(program, Compiled.Backend, storage));
        foreach (var team in teams.All)
            Assert.Equal(alone, Bits(storage => new Routine(program, executable, storage, team)));
        foreach (var parts in (int[])[2, 5, 31])
        {
            Assert.Equal(alone, Bits(storage => new Routine(program, new OneAfterTheOther(executable, parts, backwards: false), storage)));
            Assert.Equal(alone, Bits(storage => new Routine(program, new OneAfterTheOther(executable, parts, backwards: true), storage)));
        }

        byte[][] Bits(Func<Storage, Routine> make)
        {
            using var storage = new Storage();
            using var routine = make(storage);
            Compiled.Fill(rows, storage);
            Compiled.Fill(w, storage);
            storage.Write(lineOf, [.. places.Select(place => place.Line)]);
            storage.Write(timeOf, [.. places.Select(place => place.Time)]);
            storage.Write(rowOf, [.. Enumerable.Range(0, 63).Select(place => Math.Max(0, Array.IndexOf(places, (place / 9, place % 9))))]);
            storage.Write(length, [.. lengths.Select(length => (float)length)]);
            routine.Lengths[row] = places.Length;
            routine.Run();
            routine.Run();
            return [.. program.Outputs.Select((_, output) => MemoryMarshal.AsBytes(routine.Output(output)).ToArray())];
        }
    }

    [Fact]
    public void Random_expressions_have_the_same_bits()
    {
        var choice =
            from operation in Gen.Choose(0, 999)
            from left in Gen.Choose(0, 999)
            from right in Gen.Choose(0, 999)
            from detail in Gen.Choose(0, 999)
            select new Choice(operation, left, right, detail);
        var programs = from lengths in Gen.Choose(0, 255) from choices in choice.ArrayOf(40) select RandomExpressions.Program(lengths, choices);
        Prop.ForAll(Arb.From(programs), program => Difference(program) is { } difference ? false.Label(difference) : true.Label("same"))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Programs).WithReplay(20240719, 20240719));
    }

    [Fact]
    public void A_run_allocates_nothing()
    {
        var mlp = new LectureMlp(batch: 8, examples: 10, hidden: 20);
        using var storage = new Storage();
        using var routine = new Routine(mlp.Training(), Compiled.Backend, storage, teams.All[1]);
        for (var i = 0; i < 10; i++)
            routine.Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            routine.Run();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    // More programs can be tried than usual.
    static int Programs => int.Parse(Environment.GetEnvironmentVariable("MAKEMORE_RANDOM_PROGRAMS") ?? "12");

    void HasSameBits(Tensor[] results, Leaf[] leaves) =>
        HasSameBits(Program.Of("test", [.. results, .. results.SelectMany((result, i) => Gradient.Of((result * new Input($"weights{i}", result.Shape)).Sum(result.Shape), leaves))]));

    void HasSameBits(Program program)
    {
        if (Difference(program) is { } difference)
            Assert.Fail(difference);
    }

    // Where a part needs what another part of the same phase makes, one of the two orders shows it, whatever threads happen to do.
    string? Difference(Program program)
    {
        var executable = Compiled.Backend.CompilePhases(program);
        foreach (var lengths in Compiled.Lengths(program.BoundedAxes))
        {
            var alone = Bits(program, lengths, storage => new Routine(program, Compiled.Backend, storage));
            foreach (var team in teams.All)
            {
                if (Differs(Bits(program, lengths, storage => new Routine(program, executable, storage, team)), alone) is { } name)
                    return $"on {team.Threads} threads{Compiled.Text(program, lengths)} {name} differs\n{program}\n{LoopProgram.Of(program, phased: true)}";
            }

            foreach (var parts in (int[])[2, 5, 31])
            {
                foreach (var backwards in new[] { false, true })
                {
                    if (Differs(Bits(program, lengths, storage => new Routine(program, new OneAfterTheOther(executable, parts, backwards), storage)), alone) is { } name)
                        return $"in {parts} parts{(backwards ? ", the last one first," : "")}{Compiled.Text(program, lengths)} {name} differs\n{program}\n{LoopProgram.Of(program, phased: true)}";
                }
            }
        }

        return null;
    }

    static string? Differs(Dictionary<string, byte[]> bits, Dictionary<string, byte[]> alone) =>
        alone.Keys.FirstOrDefault(name => !bits[name].AsSpan().SequenceEqual(alone[name]));

    static Dictionary<string, byte[]> Bits(Program program, int[] lengths, Func<Storage, Routine> make)
    {
        using var storage = new Storage();
        using var routine = make(storage);
        routine.Lengths.Set(lengths);
        foreach (var leaf in program.Leaves)
            Compiled.Fill(leaf.Leaf!, storage, routine.Lengths);
        var bits = new Dictionary<string, byte[]>();
        for (var run = 0; run < 2; run++)
        {
            routine.Run();
            for (var i = 0; i < program.Outputs.Count; i++)
                bits[$"output {i} of run {run}"] = MemoryMarshal.AsBytes(routine.Output(i)).ToArray();
            foreach (var parameter in program.Leaves.Where(value => value.Leaf is Parameter))
                bits[$"{parameter.Name} after run {run}"] = MemoryMarshal.AsBytes(storage.Read(parameter.Leaf!).AsSpan()).ToArray();
        }

        return bits;
    }

    /// <summary>A team of each size.</summary>
    public sealed class Teams : IDisposable
    {
        public IReadOnlyList<WorkerTeam> All { get; } = [.. Counts.Select(count => new WorkerTeam(count))];

        public void Dispose()
        {
            foreach (var team in All)
                team.Dispose();
        }
    }

    /// <summary>All parts of each phase on one thread.</summary>
    sealed unsafe class OneAfterTheOther(IPhasedExecutable executable, int parts, bool backwards) : IExecutable
    {
        public IReadOnlyList<Value> Bound => executable.Bound;

        public int ScratchBytes => executable.ScratchBytes;

        public void Run(byte** memory)
        {
            for (var phase = 0; phase < executable.Phases; phase++)
            {
                for (var part = 0; part < parts; part++)
                    executable.RunPhase(phase, memory, backwards ? parts - 1 - part : part, parts);
            }
        }
    }
}

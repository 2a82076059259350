using FsCheck;
using FsCheck.Fluent;
using System.Runtime.InteropServices;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Formulas;
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

    [Fact]
    public void The_lectures_step_has_the_same_bits_on_any_number_of_threads() => HasSameBits(new LectureMlp(examples: 500).Training());

    [Fact]
    public void Random_expressions_have_the_same_bits_on_any_number_of_threads()
    {
        var choice =
            from operation in Gen.Choose(0, 999)
            from left in Gen.Choose(0, 999)
            from right in Gen.Choose(0, 999)
            from detail in Gen.Choose(0, 999)
            select new Choice(operation, left, right, detail);
        var programs = from lengths in Gen.Choose(0, 255) from choices in choice.ArrayOf(40) select RandomExpressions.Program(lengths, choices);
        Prop.ForAll(Arb.From(programs), program => Difference(program) is { } difference ? false.Label(difference) : true.Label("same"))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20).WithReplay(20240719, 20240719));
    }

    string? Difference(Program program)
    {
        var alone = Bits(program, null);
        foreach (var team in teams.All)
        {
            foreach (var (name, bits) in Bits(program, team))
            {
                if (!bits.AsSpan().SequenceEqual(alone[name]))
                    return $"{team.Threads} threads: {name} differs\n{program}\n{LoopProgram.Of(program, phased: true)}";
            }
        }

        return null;
    }

    void HasSameBits(Program program)
    {
        if (Difference(program) is { } difference)
            Assert.Fail(difference);
    }

    static Dictionary<string, byte[]> Bits(Program program, WorkerTeam? team)
    {
        using var storage = new Storage();
        foreach (var leaf in program.Leaves)
            Compiled.Fill(leaf.Leaf!, storage);
        using var routine = team is null ? new Routine(program, Compiled.Backend, storage) : new Routine(program, Compiled.Backend, storage, team);
        var bits = new Dictionary<string, byte[]>();
        for (var run = 0; run < 3; run++)
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
}

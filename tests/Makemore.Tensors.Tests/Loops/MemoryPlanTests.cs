using Makemore.Tensors.Programs;
using Makemore.Testing;
using Xunit;

namespace Makemore.Tensors.Loops;

public class MemoryPlanTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Values_alive_at_the_same_time_never_overlap(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 20; i++)
        {
            var choices = Enumerable.Range(0, 60).Select(_ => new Choice(random.Next(1000), random.Next(1000), random.Next(1000), random.Next(1000))).ToList();
            CheckOverlaps(LoopProgram.Of(RandomExpressions.Program(random.Next(1000), choices)));
        }
    }

    [Fact]
    public void Values_of_a_training_step_share_memory()
    {
        var loops = LoopProgram.Of(new LectureMlp().Training());
        CheckOverlaps(loops);
        Assert.InRange(loops.Memory.ScratchBytes, 1, Temporaries(loops).Sum(loops.Memory.Bytes) * 9 / 10);
    }

    [Fact]
    public void Values_touched_in_the_same_phase_never_overlap()
    {
        var random = new Random(4);
        for (var i = 0; i < 20; i++)
        {
            var choices = Enumerable.Range(0, 60).Select(_ => new Choice(random.Next(1000), random.Next(1000), random.Next(1000), random.Next(1000))).ToList();
            var loops = LoopProgram.Of(RandomExpressions.Program(random.Next(1000), choices), phased: true);
            foreach (var phase in loops.Phases)
            {
                var values = phase.Steps.SelectMany(step => step.Step.Values).Distinct().Except(loops.Program.Bound).OrderBy(loops.Memory.OffsetOf).ToList();
                Assert.All(values.Zip(values.Skip(1)), pair => Assert.True(loops.Memory.OffsetOf(pair.First) + loops.Memory.Bytes(pair.First) <= loops.Memory.OffsetOf(pair.Second), $"{pair}"));
            }
        }
    }

    [Fact]
    public void Every_value_begins_at_a_cache_line()
    {
        var loops = LoopProgram.Of(new LectureMlp(batch: 3, examples: 5, hidden: 7).Training());
        Assert.All(Temporaries(loops), value => Assert.Equal(0, loops.Memory.OffsetOf(value) % MemoryPlan.Alignment));
    }

    static List<Value> Temporaries(LoopProgram loops) => [.. loops.Steps.SelectMany(step => step.Values).Distinct().Except(loops.Program.Bound)];

    // A value lives from the first step that touches it to the last; one that is made, element by element, from another's last
    // use may take its place.
    static void CheckOverlaps(LoopProgram loops)
    {
        var values = Temporaries(loops);
        var steps = loops.Steps.Select(step => step.Values.ToHashSet()).ToList();
        var lives = values.ToDictionary(value => value, value => (First: steps.FindIndex(step => step.Contains(value)), Last: steps.FindLastIndex(step => step.Contains(value))));
        foreach (var a in values)
        {
            Assert.InRange(End(a), 1, loops.Memory.ScratchBytes);
            foreach (var b in values.TakeWhile(b => b != a))
            {
                var apart = lives[a].First > lives[b].Last || lives[b].First > lives[a].Last || Start(a) >= End(b) || Start(b) >= End(a);
                Assert.True(apart || Succeeds(a, b) || Succeeds(b, a), $"'{a.Name}' and '{b.Name}' overlap in\n{loops}");
            }
        }

        int Start(Value value) => loops.Memory.OffsetOf(value);
        int End(Value value) => Start(value) + loops.Memory.Bytes(value);
        bool Succeeds(Value next, Value last) => lives[next].First == lives[last].Last && Start(next) == Start(last) && loops.Steps[lives[next].First] is NestStep { OnlyStore: { } store } && store.Target.Value == next;
    }
}

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
        Assert.InRange(loops.Memory.ScratchBytes, 1, Temporaries(loops).Sum(MemoryPlan.Bytes) * 3 / 4);
    }

    [Fact]
    public void Every_value_begins_at_a_cache_line()
    {
        var loops = LoopProgram.Of(new LectureMlp(batch: 3, examples: 5, hidden: 7).Training());
        Assert.All(Temporaries(loops), value => Assert.Equal(0, loops.Memory.OffsetOf(value) % MemoryPlan.Alignment));
    }

    static List<Value> Temporaries(LoopProgram loops) => [.. loops.Steps.SelectMany(step => step.Values).Distinct().Except(loops.Bound)];

    // A value lives from the first step that touches it to the last.
    static void CheckOverlaps(LoopProgram loops)
    {
        var values = Temporaries(loops);
        var steps = loops.Steps.Select(step => step.Values.ToHashSet()).ToList();
        var lives = values.Select(value => (First: steps.FindIndex(step => step.Contains(value)), Last: steps.FindLastIndex(step => step.Contains(value)))).ToList();
        for (var i = 0; i < values.Count; i++)
        {
            Assert.InRange(loops.Memory.OffsetOf(values[i]) + MemoryPlan.Bytes(values[i]), 1, loops.Memory.ScratchBytes);
            for (var j = 0; j < i; j++)
            {
                if (lives[i].First > lives[j].Last || lives[j].First > lives[i].Last)
                    continue;
                var (a, b) = (loops.Memory.OffsetOf(values[i]), loops.Memory.OffsetOf(values[j]));
                Assert.True(
                    a + (values[i].Shape.Elements * sizeof(float)) <= b || b + (values[j].Shape.Elements * sizeof(float)) <= a,
                    $"'{values[i].Name}' and '{values[j].Name}' overlap in\n{loops}");
            }
        }
    }
}

using Makemore.Tensors.Running;
using Makemore.Testing;
using Xunit;

namespace Makemore.Tensors.Roslyn;

public class TrainingTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bits() => Assert.Equal(TrainingRecord.Of(Compiled.Backend, steps: 50).Bytes, TrainingRecord.Of(Compiled.Backend, steps: 50).Bytes);

    [Fact]
    public void Training_lowers_the_loss() => Assert.InRange(TrainingRecord.Of(Compiled.Backend, steps: 200).Loss, 0, 2);

    [Fact]
    public void A_training_step_agrees_with_the_interpreter()
    {
        Compiled.AgreesWithInterpreter(new LectureMlp(batch: 7, examples: 40, hidden: 50).Training());
        Compiled.AgreesWithInterpreter(new LectureMlp(batch: 16, examples: 30, hidden: 33).Training());
        Compiled.AgreesWithInterpreter(new LectureMlp(batch: 300, examples: 20, embed: 3, hidden: 5).Training());
    }

    [Theory]
    [InlineData("csharp")]
    [InlineData("cc")]
    public void A_run_allocates_nothing(string backend)
    {
        var mlp = new LectureMlp(batch: 4, examples: 10, hidden: 20);
        using var storage = new Storage();
        using var routine = new Routine(mlp.Training(), BackendTests.BackendOf(backend), storage);
        int[] rows = [1, 2, 3, 4];
        float[] rate = [0.1f];
        Assert.True(float.IsFinite(Steps()));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Steps();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        float Steps()
        {
            var loss = 0f;
            for (var i = 0; i < 100; i++)
            {
                storage.Write(mlp.Rows, rows);
                storage.Write(mlp.LearningRate, rate);
                routine.Run();
                loss += routine.Output()[0];
            }

            return loss;
        }
    }
}

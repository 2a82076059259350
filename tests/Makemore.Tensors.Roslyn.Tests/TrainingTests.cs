using System.Runtime.InteropServices;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Running;
using Makemore.Testing;
using Xunit;

namespace Makemore.Tensors.Roslyn;

public class TrainingTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bits() => Assert.Equal(Train(steps: 50), Train(steps: 50));

    [Fact]
    public void Training_lowers_the_loss() => Assert.InRange(MemoryMarshal.Cast<byte, float>(Train(steps: 200))[^1], 0, 2);

    [Fact]
    public void A_training_step_agrees_with_the_interpreter()
    {
        Compiled.AgreesWithInterpreter(new LectureMlp(batch: 7, examples: 40, hidden: 50).Training());
        Compiled.AgreesWithInterpreter(new LectureMlp(batch: 16, examples: 30, hidden: 33).Training());
        Compiled.AgreesWithInterpreter(new LectureMlp(batch: 300, examples: 20, embed: 3, hidden: 5).Training());
    }

    [Fact]
    public void A_run_allocates_nothing()
    {
        var mlp = new LectureMlp(batch: 4, examples: 10, hidden: 20);
        using var storage = new Storage();
        using var routine = new Routine(mlp.Training(), Compiled.Backend, storage);
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

    // All parameters and then the loss, after learning what follows each of a few contexts by heart.
    static byte[] Train(int steps)
    {
        var mlp = new LectureMlp(batch: 16, examples: 60, hidden: 64);
        using var storage = new Storage();
        var random = new TorchRandom(2147483647);
        storage.Initialize(mlp.Parameters, random);
        storage.Write(mlp.Contexts, Indices(random, mlp.Contexts));
        storage.Write(mlp.Targets, Indices(random, mlp.Targets));
        storage.Write(mlp.LearningRate, 0.3f);
        using var routine = new Routine(mlp.Training(), Compiled.Backend, storage);
        for (var i = 0; i < steps; i++)
        {
            storage.Write(mlp.Rows, Indices(random, mlp.Rows));
            routine.Run();
        }

        return [.. mlp.Parameters.SelectMany(parameter => MemoryMarshal.AsBytes(storage.Read(parameter).AsSpan()).ToArray()), .. MemoryMarshal.AsBytes(routine.Output())];
    }

    static int[] Indices(TorchRandom random, IndexInput input)
    {
        var indices = new int[input.Shape.Elements];
        random.RandInt(0, input.Into.Length, indices);
        return indices;
    }
}

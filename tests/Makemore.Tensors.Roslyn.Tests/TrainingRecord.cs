using System.Runtime.InteropServices;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Running;
using Makemore.Testing;

namespace Makemore.Tensors.Roslyn;

/// <summary>What a training came to, after learning what follows each of a few contexts by heart.</summary>
/// <param name="Bytes">The bits of all parameters.</param>
/// <param name="Loss">The last batch's loss.</param>
sealed record TrainingRecord(byte[] Bytes, float Loss)
{
    /// <summary>The same training always, but for what runs it and for how long.</summary>
    public static TrainingRecord Of(IBackend backend, int steps, WorkerTeam? team = null)
    {
        var mlp = new LectureMlp(batch: 16, examples: 60, hidden: 64);
        using var storage = new Storage();
        var random = new TorchRandom(2147483647);
        storage.Initialize(mlp.Parameters, random);
        storage.Write(mlp.Contexts, Indices(random, mlp.Contexts));
        storage.Write(mlp.Targets, Indices(random, mlp.Targets));
        storage.Write(mlp.LearningRate, 0.3f);
        using var routine = team is null ? new Routine(mlp.Training(), backend, storage) : new Routine(mlp.Training(), (IPhasedBackend)backend, storage, team);
        for (var i = 0; i < steps; i++)
        {
            storage.Write(mlp.Rows, Indices(random, mlp.Rows));
            routine.Run();
        }

        return new([.. mlp.Parameters.SelectMany(parameter => MemoryMarshal.AsBytes(storage.Read(parameter).AsSpan()).ToArray())], routine.Output()[0]);
    }

    static int[] Indices(TorchRandom random, IndexInput input)
    {
        var indices = new int[input.Shape.Elements];
        random.RandInt(0, input.Into.Length, indices);
        return indices;
    }
}

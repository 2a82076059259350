using Makemore.Tensors.Backends;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Running;

namespace Makemore.Training;

/// <summary>A program that is compiled on another thread while this one goes on; whoever needs it waits for it.</summary>
sealed class BackgroundCompilation(Program program, IBackend backend)
{
    readonly Task<IExecutable> compilation = Task.Run(() => backend.Compile(program));

    /// <summary>The program's routine, once it is compiled. Storage is touched by the calling thread only.</summary>
    public Routine Bind(Storage storage) => new(program, compilation.GetAwaiter().GetResult(), storage);
}

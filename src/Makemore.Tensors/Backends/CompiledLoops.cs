using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Backends;

/// <summary>Runs compiled code once, on the memory that <see cref="IExecutable.Run"/> describes.</summary>
unsafe delegate void RunLoops(byte** memory);

/// <summary>Loops that were written out and compiled.</summary>
sealed unsafe class CompiledLoops(LoopProgram loops, RunLoops run) : IExecutable
{
    /// <inheritdoc/>
    public IReadOnlyList<Value> Bound { get; } = loops.Program.Bound;

    /// <inheritdoc/>
    public int ScratchBytes { get; } = loops.Memory.ScratchBytes;

    /// <inheritdoc/>
    public void Run(byte** memory) => run(memory);
}

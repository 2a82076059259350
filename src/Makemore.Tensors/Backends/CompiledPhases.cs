using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Backends;

/// <summary>Runs a thread's part of a phase, as <see cref="IPhasedExecutable.RunPhase"/> describes.</summary>
unsafe delegate void RunPartOfPhase(int phase, byte** memory, int part, int parts);

/// <summary>Loops in phases that were written out and compiled.</summary>
sealed unsafe class CompiledPhases(LoopProgram loops, RunPartOfPhase run) : IPhasedExecutable
{
    /// <inheritdoc/>
    public IReadOnlyList<Value> Bound { get; } = loops.Program.Bound;

    /// <inheritdoc/>
    public int ScratchBytes { get; } = loops.Memory.ScratchBytes;

    /// <inheritdoc/>
    public int Phases { get; } = loops.Phases.Count;

    /// <inheritdoc/>
    public void Run(byte** memory)
    {
        for (var phase = 0; phase < Phases; phase++)
            run(phase, memory, 0, 1);
    }

    /// <inheritdoc/>
    public void RunPhase(int phase, byte** memory, int part, int parts) => run(phase, memory, part, parts);
}

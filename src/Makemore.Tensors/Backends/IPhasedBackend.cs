using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Backends;

/// <summary>A backend whose programs several threads can share. The others run on one.</summary>
public interface IPhasedBackend : IBackend
{
    /// <summary>A program made runnable by any number of threads, with the same bits as by one.</summary>
    IPhasedExecutable CompilePhases(Program program);
}

/// <summary>A program in phases: threads go through a phase each for itself, and wait for each other before the next.</summary>
public unsafe interface IPhasedExecutable : IExecutable
{
    /// <summary>How many phases there are.</summary>
    int Phases { get; }

    /// <summary>Runs a thread's part of a phase. Allocates nothing.</summary>
    /// <param name="phase">Which phase, from 0.</param>
    /// <param name="memory">What <see cref="IExecutable.Run"/> takes.</param>
    /// <param name="part">Which thread, from 0.</param>
    /// <param name="parts">How many threads.</param>
    void RunPhase(int phase, byte** memory, int part, int parts);
}

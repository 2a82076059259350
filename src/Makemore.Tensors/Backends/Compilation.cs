using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Backends;

/// <summary>What a backend made of a program, for whoever wants to look on.</summary>
/// <param name="Backend">The backend's name.</param>
/// <param name="Loops">The program as loops.</param>
/// <param name="Source">The source that runs.</param>
/// <param name="Origin">Where the machine code came from.</param>
/// <param name="Elapsed">How long it took, from the program to something that can run.</param>
public sealed record Compilation(string Backend, LoopProgram Loops, string Source, Origin Origin, TimeSpan Elapsed)
{
    /// <summary>The program.</summary>
    public Program Program => Loops.Program;

    /// <summary>The compilation in a line.</summary>
    public override string ToString() =>
        $"{Program.Name}: {Program.Assignments.Count} lines, {Loops.Steps.Count} steps{(Loops.Phases.Count > 0 ? $" in {Loops.Phases.Count} phases" : "")}, {Loops.Memory.ScratchBytes:N0} bytes of scratch memory, "
        + $"{Backend}, {OriginText} in {Elapsed.TotalMilliseconds:F0} ms";

    string OriginText => Origin switch
    {
        Origin.Memory => "loaded already",
        Origin.Cache => "from the cache",
        _ => "compiled",
    };
}

/// <summary>Where machine code came from.</summary>
public enum Origin
{
    /// <summary>The process had loaded it before.</summary>
    Memory,

    /// <summary>It was kept on disk.</summary>
    Cache,

    /// <summary>It was compiled anew.</summary>
    Compiler,
}

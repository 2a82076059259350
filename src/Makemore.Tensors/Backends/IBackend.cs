using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Backends;

/// <summary>Makes programs runnable.</summary>
public interface IBackend
{
    /// <summary>What the backend is called where one is chosen or reported.</summary>
    string Name { get; }

    /// <summary>A program made runnable.</summary>
    IExecutable Compile(Program program);
}

/// <summary>A program that can run on memory that somebody else owns.</summary>
public unsafe interface IExecutable
{
    /// <summary>The values whose memory the caller provides, in order: leaves, then outputs.</summary>
    IReadOnlyList<Value> Bound { get; }

    /// <summary>Bytes of scratch memory that a run needs.</summary>
    int ScratchBytes { get; }

    /// <summary>Runs the program once. Allocates nothing where the code was compiled.</summary>
    /// <param name="memory">
    /// One address for the scratch memory, then one for each value of <see cref="Bound"/>: elements of 4 bytes, leaves
    /// in the layout <see cref="Loops.Layout.OfLeaf"/>, outputs densely. Each is readable for 64 bytes past its end. Then
    /// that of the lengths of bounded axes: an <see cref="int"/> for each of <see cref="Program.BoundedAxes"/>.
    /// </param>
    void Run(byte** memory);
}

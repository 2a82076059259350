using Makemore.Tensors.Backends;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Running;

/// <summary>A compiled program with its memory: set the inputs in the storage, run, read the outputs. A run allocates nothing.</summary>
public sealed unsafe class Routine : IDisposable
{
    readonly IExecutable executable;
    readonly NativeBuffer scratch;
    readonly NativeBuffer addresses;
    readonly NativeBuffer?[] outputs;
    readonly Storage storage;
    readonly WorkerTeam? team;

    /// <summary>Compiles a program and binds it to a storage.</summary>
    /// <param name="program">What to run.</param>
    /// <param name="backend">What compiles it.</param>
    /// <param name="storage">Where its parameters and inputs live; it must outlive the routine.</param>
    public Routine(Program program, IBackend backend, Storage storage)
        : this(program, backend.Compile(program), storage)
    {
    }

    /// <summary>Compiles a program for several threads and binds it to a storage. Its results are the same bits as those of one thread.</summary>
    /// <param name="program">What to run.</param>
    /// <param name="backend">What compiles it.</param>
    /// <param name="storage">Where its parameters and inputs live; it must outlive the routine.</param>
    /// <param name="team">The threads; they must outlive the routine.</param>
    public Routine(Program program, IPhasedBackend backend, Storage storage, WorkerTeam team)
        : this(program, backend.CompilePhases(program), storage, team)
    {
    }

    /// <summary>Binds a program that is compiled already.</summary>
    /// <param name="program">What to run.</param>
    /// <param name="executable">The program, compiled.</param>
    /// <param name="storage">Where its parameters and inputs live; it must outlive the routine.</param>
    public Routine(Program program, IExecutable executable, Storage storage)
    {
        Program = program;
        (this.executable, this.storage) = (executable, storage);
        outputs = new NativeBuffer?[program.Outputs.Count];
        scratch = new NativeBuffer(executable.ScratchBytes);
        addresses = new NativeBuffer((executable.Bound.Count + 1) * sizeof(byte*));
        var table = (byte**)addresses.Address;
        table[0] = scratch.Address;
        for (var i = 0; i < executable.Bound.Count; i++)
        {
            var value = executable.Bound[i];
            var buffer = value.Leaf is { } leaf ? storage.BufferOf(leaf) : new NativeBuffer(value.Shape.Elements * sizeof(float));
            table[i + 1] = buffer.Address;
            for (var output = 0; output < outputs.Length && value.Leaf is null; output++)
                outputs[output] ??= program.Outputs[output] == value ? buffer : null;
        }
    }

    /// <summary>Binds a program that is compiled for several threads already; see the constructor that compiles it.</summary>
    /// <param name="program">What to run.</param>
    /// <param name="executable">The program, compiled.</param>
    /// <param name="storage">Where its parameters and inputs live; it must outlive the routine.</param>
    /// <param name="team">The threads; they must outlive the routine.</param>
    public Routine(Program program, IPhasedExecutable executable, Storage storage, WorkerTeam team)
        : this(program, executable, storage)
    {
        this.team = team;
        Threads = team.Threads;
    }

    /// <summary>The program that runs.</summary>
    public Program Program { get; }

    /// <summary>How many threads share a run, up to those of the team; 1 without a team.</summary>
    public int Threads { get; set; } = 1;

    /// <summary>Runs the program once.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="Threads"/> is less than 1 or more than there are.</exception>
    public void Run()
    {
        ObjectDisposedException.ThrowIf(addresses.IsClosed, this);
        if (team is not null)
            team.Run((IPhasedExecutable)executable, (byte**)addresses.Address, Threads);
        else
            executable.Run((byte**)addresses.Address);
        GC.KeepAlive(storage);
    }

    /// <summary>The elements of an output after a run, densely in the order of its shape. Overwritten by the next run.</summary>
    /// <param name="index">Its place among the program's outputs.</param>
    public ReadOnlySpan<float> Output(int index = 0) => Program.Outputs[index] switch
    {
        { Type: ElementType.Index } value => throw new InvalidOperationException($"the output '{value.Name}' holds indices"),
        { Leaf: { } leaf } => storage.Read(leaf),
        _ => outputs[index]!.As<float>(),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        scratch.Dispose();
        addresses.Dispose();
        foreach (var buffer in outputs)
            buffer?.Dispose();
    }
}

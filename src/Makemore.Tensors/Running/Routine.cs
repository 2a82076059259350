using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Running;

/// <summary>A compiled program with its memory: set the inputs in the storage, run, read the outputs. A run allocates nothing.</summary>
public sealed unsafe class Routine : IDisposable
{
    readonly IExecutable executable;
    readonly NativeBuffer scratch;
    readonly NativeBuffer addresses;
    readonly NativeBuffer lengths;
    readonly (IndexInput Input, Axis Into)[] pointing;
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
        addresses = new NativeBuffer((executable.Bound.Count + 2) * sizeof(byte*));
        Lengths = new AxisLengths(program.BoundedAxes);
        lengths = new NativeBuffer(program.BoundedAxes.Count * sizeof(int));
        pointing = [.. program.Leaves.Select(value => value.Leaf).OfType<IndexInput>().Where(input => Lengths.Contains(input.Into)).Select(input => (input, input.Into))];
        var table = (byte**)addresses.Address;
        table[0] = scratch.Address;
        table[executable.Bound.Count + 1] = lengths.Address;
        for (var i = 0; i < executable.Bound.Count; i++)
        {
            var value = executable.Bound[i];
            var buffer = value.Leaf is { } leaf ? storage.BufferOf(leaf) : new NativeBuffer(checked(value.Shape.Elements * sizeof(float)));
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

    /// <summary>How long the program's bounded axes are in the next run.</summary>
    public AxisLengths Lengths { get; }

    /// <summary>How many threads share a run, up to those of the team; 1 without a team.</summary>
    public int Threads { get; set; } = 1;

    /// <summary>Runs the program once.</summary>
    /// <exception cref="ObjectDisposedException">The routine or its storage was disposed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An index lies beyond the length of the bounded axis that it points into; a bounded axis is longer than one that it lies within; or <see cref="Threads"/> is less than 1 or more than there
    /// are. Nothing has run.
    /// </exception>
    public void Run()
    {
        ObjectDisposedException.ThrowIf(addresses.IsClosed, this);
        ObjectDisposedException.ThrowIf(storage.IsClosed, storage);
        Lengths.Check();
        foreach (var (input, into) in pointing)
            CheckIndices(input, into);
        Lengths.All.CopyTo(lengths.As<int>());
        if (team is not null)
            team.Run((IPhasedExecutable)executable, (byte**)addresses.Address, Threads);
        else
            executable.Run((byte**)addresses.Address);
        GC.KeepAlive(storage);
    }

    /// <summary>The elements of an output after a run, densely in the order of its shape. Overwritten by the next run.</summary>
    /// <param name="index">Its place among the program's outputs.</param>
    /// <remarks>
    /// Where the outermost axis is bounded, as many rows as it is long. Other bounded axes have places for as many elements as there may be:
    /// what stands behind those that exist means nothing.
    /// </remarks>
    public ReadOnlySpan<float> Output(int index = 0) => Program.Outputs[index] switch
    {
        { Type: ElementType.Index } value => throw new InvalidOperationException($"the output '{value.Name}' holds indices"),
        { Leaf: { } leaf } value => storage.Read(leaf).AsSpan(..Existing(value)),
        var value => outputs[index]!.As<float>()[..Existing(value)],
    };

    int Existing(Value value) =>
        value.Shape is [{ IsBounded: true } outermost, ..] ? value.Shape.Elements / outermost.Length * Lengths[outermost] : value.Shape.Elements;

    void CheckIndices(IndexInput input, Axis into)
    {
        var indices = storage.Indices(input);
        if (input.Shape is [{ IsBounded: true } outermost, ..])
            indices = indices[..(indices.Length / outermost.Length * Lengths[outermost])];
        for (var at = 0; FirstBeyond(indices[at..], Lengths[into]) is >= 0 and var further; at++)
        {
            at += further;
            if (Lengths.Exists(input.Shape, at))
                throw new ArgumentOutOfRangeException(input.Name, $"index {indices[at]} at position {at} of '{input.Name}' lies beyond axis '{into.Name}', which is {Lengths[into]} long in this run");
        }
    }

    // The span's own search takes the empty range for all numbers.
    static int FirstBeyond(ReadOnlySpan<int> indices, int length) => length > 0 ? indices.IndexOfAnyExceptInRange(0, length - 1) : indices.IsEmpty ? -1 : 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        scratch.Dispose();
        addresses.Dispose();
        lengths.Dispose();
        foreach (var buffer in outputs)
            buffer?.Dispose();
    }
}

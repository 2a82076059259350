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

    /// <summary>Compiles a program and binds it to a storage.</summary>
    /// <param name="program">What to run.</param>
    /// <param name="backend">What compiles it.</param>
    /// <param name="storage">Where its parameters and inputs live; it must outlive the routine.</param>
    public Routine(Program program, IBackend backend, Storage storage)
    {
        Program = program;
        this.storage = storage;
        executable = backend.Compile(program);
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
            var buffer = value.Leaf is { } leaf ? storage.BufferOf(leaf) : new NativeBuffer(value.Shape.Elements * sizeof(float));
            table[i + 1] = buffer.Address;
            for (var output = 0; output < outputs.Length && value.Leaf is null; output++)
                outputs[output] ??= program.Outputs[output] == value ? buffer : null;
        }
    }

    /// <summary>The program that runs.</summary>
    public Program Program { get; }

    /// <summary>How long the program's bounded axes are in the next run.</summary>
    public AxisLengths Lengths { get; }

    /// <summary>Runs the program once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index lies beyond the length of the bounded axis that it points into; nothing has run.</exception>
    public void Run()
    {
        ObjectDisposedException.ThrowIf(addresses.IsClosed, this);
        foreach (var (input, into) in pointing)
            CheckIndices(input, into);
        Lengths.All.CopyTo(lengths.As<int>());
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
        for (var at = 0; indices[at..].IndexOfAnyExceptInRange(0, Lengths[into] - 1) is >= 0 and var further; at++)
        {
            at += further;
            if (Lengths.Exists(input.Shape, at))
                throw new ArgumentOutOfRangeException(input.Name, $"index {indices[at]} at position {at} of '{input.Name}' lies beyond axis '{into.Name}', which is {Lengths[into]} long in this run");
        }
    }

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

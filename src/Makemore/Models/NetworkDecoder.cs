using Makemore.Models.Layers;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Running;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Models;

/// <summary>Goes along lines with a model of tensors: one compiled step, whose program keeps in the storage what the next one needs, until this is disposed.</summary>
/// <remarks>Of a line that is longer than the model has positions it sees the end. Where each character then moves, nothing that was kept is of use, and such lines are computed anew.</remarks>
sealed class NetworkDecoder : IDecoder
{
    readonly LanguageModel model;
    readonly Storage storage;
    readonly IBackend backend;
    readonly LineWindows windows;
    readonly int[] places, lines;
    readonly CompiledStep step;
    readonly List<LeafSlice> slices = [];
    CompiledStep? stepAnew;
    float[]? withLongLines;

    /// <summary>A decoder of a model with the parameters as they are; what training changes later it sees when it is prepared again.</summary>
    /// <param name="model">The model.</param>
    /// <param name="storage">Its parameters, and what it keeps; it must outlive the decoder.</param>
    /// <param name="backend">What compiles the step.</param>
    /// <param name="lines">How many lines go side by side.</param>
    /// <param name="anew">Whether nothing is kept, and every character computed anew from all before it.</param>
    public NetworkDecoder(LanguageModel model, Storage storage, IBackend backend, int lines, bool anew = false)
    {
        (this.model, this.storage, this.backend, Lines) = (model, storage, backend, lines);
        windows = new(lines, model.Block.Length);
        places = new int[lines];
        this.lines = new int[windows.Tokens.Length];
        step = Compile(anew);
        foreach (var update in step.Inputs.Updates)
            slices.Add(new(update.Target, update.At?.Into is { } position ? [step.Inputs.Batch, position] : [step.Inputs.Batch]));
        Kept = slices.Sum(slice => slice.Length);
    }

    /// <inheritdoc/>
    public int Lines { get; }

    /// <inheritdoc/>
    public int Kept { get; }

    // Lines that are longer than the model has positions may never come.
    CompiledStep Anew => stepAnew ??= Compile(anew: true);

    /// <inheritdoc/>
    public ReadOnlySpan<float> Step(ReadOnlySpan<int> tokens, ReadOnlySpan<int> positions)
    {
        windows.Add(tokens, positions);
        for (var line = 0; line < Lines; line++)
            places[line] = Place(positions[line]);
        var next = Run(step, tokens);
        return step.Keeps && positions.ContainsAnyInRange(model.Block.Length, int.MaxValue) ? WithLongLines(next, tokens, positions) : next;
    }

    /// <inheritdoc/>
    public void Save(int line, Span<float> kept)
    {
        ReadOnlySpan<int> at = [line, places[line]];
        foreach (var slice in slices)
        {
            slice.Read(storage, at[..slice.FixedAxes.Count], kept[..slice.Length]);
            kept = kept[slice.Length..];
        }
    }

    /// <inheritdoc/>
    public void Recall(int line, ReadOnlySpan<int> tokens, ReadOnlySpan<float[]> kept)
    {
        windows.Set(line, tokens);
        for (var position = 0; position < kept.Length; position++)
        {
            ReadOnlySpan<int> at = [line, Place(position)];
            ReadOnlySpan<float> rest = kept[position];
            foreach (var slice in slices)
            {
                slice.Write(storage, at[..slice.FixedAxes.Count], rest[..slice.Length]);
                rest = rest[slice.Length..];
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Forget(step);
        if (stepAnew is not null)
            Forget(stepAnew);
    }

    /// <summary>Computes once more what the parameters alone decide.</summary>
    internal void Prepare()
    {
        step.Preparation.Run();
        stepAnew?.Preparation.Run();
    }

    void Forget(CompiledStep compiled)
    {
        compiled.Dispose();
        storage.Remove(compiled.Leaves.Except(model.Tensors));
    }

    // Of a line that is longer than the model has positions, all further characters stand at the last.
    int Place(int position) => Math.Min(position, model.Block.Length - 1);

    CompiledStep Compile(bool anew)
    {
        var inputs = new LineStep(model.Vocab, model.Block, Lines);
        var logits = anew ? model.StepAnew(inputs) : model.Step(inputs);
        var probabilities = Softmax(logits, [model.Vocab]).Permute([inputs.Batch, model.Vocab]).As("probabilities");
        var program = PreparedProgram.Of("sample", [probabilities], inputs.Updates);
        var preparation = new Routine(program.Preparation, backend, storage);
        preparation.Run();
        return new(inputs, preparation, new Routine(program.Run, backend, storage));
    }

    ReadOnlySpan<float> Run(CompiledStep compiled, ReadOnlySpan<int> tokens)
    {
        storage.Write(compiled.Inputs.Character, tokens);
        storage.Write(compiled.Inputs.Position, places);
        if (compiled.ReadsWindow)
            storage.Write(compiled.Inputs.Window, windows.Tokens);
        if (compiled.ReadsLine)
            storage.Write(compiled.Inputs.Line, FromTheirBeginning());
        compiled.Routine.Run();
        return compiled.Routine.Output();
    }

    ReadOnlySpan<float> WithLongLines(ReadOnlySpan<float> next, ReadOnlySpan<int> tokens, ReadOnlySpan<int> positions)
    {
        withLongLines ??= new float[next.Length];
        next.CopyTo(withLongLines);
        var anew = Run(Anew, tokens);
        for (var line = 0; line < Lines; line++)
        {
            var row = (line * model.Vocab.Length)..((line + 1) * model.Vocab.Length);
            if (positions[line] >= model.Block.Length)
                anew[row].CopyTo(withLongLines.AsSpan(row));
        }

        return withLongLines;
    }

    int[] FromTheirBeginning()
    {
        var block = model.Block.Length;
        for (var line = 0; line < Lines; line++)
            windows.Tokens.Slice(((line + 1) * block) - places[line] - 1, places[line] + 1).CopyTo(lines.AsSpan(line * block));
        return lines;
    }

    sealed record CompiledStep(LineStep Inputs, Routine Preparation, Routine Routine) : IDisposable
    {
        public bool Keeps { get; } = Inputs.Updates.Count > 0;

        public bool ReadsWindow { get; } = Routine.Program.Leaves.Any(value => value.Leaf == Inputs.Window);

        public bool ReadsLine { get; } = Routine.Program.Leaves.Any(value => value.Leaf == Inputs.Line);

        public IEnumerable<Leaf> Leaves => Preparation.Program.Leaves.Concat(Routine.Program.Leaves).Select(value => value.Leaf!);

        public void Dispose()
        {
            Preparation.Dispose();
            Routine.Dispose();
        }
    }
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Running;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Models;

/// <summary>A model of tensors with its parameters, compiled for up to so many rows of characters at once, and its decoder.</summary>
public abstract class NetworkPredictor : IPredictor
{
    readonly LanguageModel model;
    readonly Storage storage;
    readonly IBackend backend;
    readonly Axis batch;
    readonly IndexInput characters;
    readonly LentDecoder decoders;
    Routine? routine;
    bool isClosed;

    private protected NetworkPredictor(LanguageModel model, Storage storage, IBackend backend, int rows)
    {
        (this.model, this.storage, this.backend) = (model, storage, backend);
        batch = rows == 1 ? new Axis("batch", 1) : Axis.UpTo("batch", rows);
        characters = new IndexInput("x", [batch, model.Block], model.Vocab);
        decoders = new(lines => new(model, storage, backend, lines));
    }

    /// <inheritdoc/>
    public int Tokens => model.Vocab.Length;

    /// <inheritdoc/>
    public int Block => model.Block.Length;

    /// <summary>The most rows at once.</summary>
    private protected int MostRows => batch.Length;

    // Who makes lines may never ask for single predictions.
    Routine Routine => routine ??= new(Program.Of("sample", [Probabilities()]), backend, storage);

    /// <summary>The softmax of the logits.</summary>
    /// <param name="tokens">[row, block], up to <see cref="MostRows"/> rows.</param>
    /// <returns>[row, vocab], or for a model of whole lines [row, block, vocab]; overwritten by the next run.</returns>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    private protected ReadOnlySpan<float> Run(ReadOnlySpan<int> tokens)
    {
        ObjectDisposedException.ThrowIf(isClosed, this);
        storage.Write(characters, tokens);
        if (batch.IsBounded)
            Routine.Lengths[batch] = tokens.Length / Block;
        Routine.Run();
        return Routine.Output();
    }

    /// <inheritdoc/>
    public abstract void Predict(ReadOnlySpan<int> contexts, Span<double> probabilities);

    /// <inheritdoc/>
    public IDecoder Decoder(int lines) => decoders.Lend(lines);

    /// <inheritdoc/>
    public void Dispose()
    {
        isClosed = true;
        decoders.Dispose();
        routine?.Dispose();
        storage.Remove([characters]);
        GC.SuppressFinalize(this);
    }

    Tensor Probabilities()
    {
        var logits = model.Logits(characters);
        return Softmax(logits, [model.Vocab]).Permute([.. characters.Shape.Where(logits.Shape.Contains), model.Vocab]).As("probabilities");
    }
}

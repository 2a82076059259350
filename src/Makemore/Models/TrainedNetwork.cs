using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Running;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Models;

/// <summary>A model of tensors with its parameters: the softmax of its logits.</summary>
public sealed class TrainedNetwork : IPredictor
{
    readonly LanguageModel model;
    readonly Storage storage;
    readonly IBackend backend;
    readonly IndexInput characters;
    readonly Axis batch;
    readonly LentDecoder decoders;
    Routine? routine;

    /// <summary>A predictor of a model; it sees what training changes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="storage">Its parameters; it must outlive the predictor.</param>
    /// <param name="backend">What compiles the model.</param>
    /// <param name="rows">The most contexts that are computed at once: 1 for lines made character by character, many for lines that are there already.</param>
    public TrainedNetwork(LanguageModel model, Storage storage, IBackend backend, int rows = 1)
    {
        (this.model, this.storage, this.backend) = (model, storage, backend);
        (Tokens, Block) = (model.Vocab.Length, model.Block.Length);
        batch = rows == 1 ? new Axis("batch", 1) : Axis.UpTo("batch", rows);
        characters = new IndexInput("x", [batch, model.Block], model.Vocab);
        decoders = new(lines => new(model, storage, backend, lines));
    }

    /// <inheritdoc/>
    public int Tokens { get; }

    /// <inheritdoc/>
    public int Block { get; }

    // Who makes lines may never ask for single predictions.
    Routine Routine => routine ??= new(Program.Of("sample", [Softmax(model.Logits(characters), [model.Vocab]).As("probabilities")]), backend, storage);

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<int> contexts, Span<double> probabilities)
    {
        while (contexts.Length > 0)
        {
            var some = contexts[..Math.Min(contexts.Length, batch.Length * Block)];
            storage.Write(characters, some);
            if (batch.IsBounded)
                Routine.Lengths[batch] = some.Length / Block;
            Routine.Run();
            var computed = Routine.Output();
            for (var i = 0; i < computed.Length; i++)
                probabilities[i] = computed[i];
            contexts = contexts[some.Length..];
            probabilities = probabilities[computed.Length..];
        }
    }

    /// <inheritdoc/>
    public IDecoder Decoder(int lines) => decoders.Lend(lines);

    /// <inheritdoc/>
    public void Dispose()
    {
        decoders.Dispose();
        routine?.Dispose();
        storage.Remove([characters]);
    }
}

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
    readonly Storage storage;
    readonly IndexInput characters;
    readonly Routine routine;
    readonly int[] chunk;

    /// <summary>A predictor of a model; it sees what training changes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="storage">Its parameters; it must outlive the predictor.</param>
    /// <param name="backend">What compiles the model.</param>
    /// <param name="rows">Contexts that are computed at once: 1 for lines made character by character, many for lines that are there already.</param>
    public TrainedNetwork(LanguageModel model, Storage storage, IBackend backend, int rows = 1)
    {
        this.storage = storage;
        (Tokens, Block) = (model.Vocab.Length, model.Block.Length);
        characters = new IndexInput("x", [new Axis("batch", rows), model.Block], model.Vocab);
        chunk = new int[rows * Block];
        var probabilities = Softmax(model.Logits(characters), [model.Vocab]).As("probabilities");
        routine = new Routine(Program.Of("sample", [probabilities]), backend, storage);
    }

    /// <inheritdoc/>
    public int Tokens { get; }

    /// <inheritdoc/>
    public int Block { get; }

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<int> contexts, Span<double> probabilities)
    {
        while (contexts.Length > 0)
        {
            // Places past the end keep what they had, and nobody reads what comes of them.
            var some = contexts[..Math.Min(contexts.Length, chunk.Length)];
            some.CopyTo(chunk);
            storage.Write(characters, chunk);
            routine.Run();
            var computed = routine.Output()[..(some.Length / Block * Tokens)];
            for (var i = 0; i < computed.Length; i++)
                probabilities[i] = computed[i];
            contexts = contexts[some.Length..];
            probabilities = probabilities[computed.Length..];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => routine.Dispose();
}

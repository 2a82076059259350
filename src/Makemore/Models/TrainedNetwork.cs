using Makemore.Tensors.Backends;
using Makemore.Tensors.Running;

namespace Makemore.Models;

/// <summary>A model of tensors with its parameters: the softmax of its logits.</summary>
public sealed class TrainedNetwork : NetworkPredictor
{
    /// <summary>A predictor of a model; it sees what training changes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="storage">Its parameters; it must outlive the predictor.</param>
    /// <param name="backend">What compiles the model.</param>
    /// <param name="rows">The most contexts that are computed at once: 1 for lines made character by character, many for lines that are there already.</param>
    public TrainedNetwork(LanguageModel model, Storage storage, IBackend backend, int rows = 1)
        : base(model, storage, backend, rows)
    {
    }

    /// <inheritdoc/>
    public override void Predict(ReadOnlySpan<int> contexts, Span<double> probabilities)
    {
        while (contexts.Length > 0)
        {
            var some = contexts[..Math.Min(contexts.Length, MostRows * Block)];
            var computed = Run(some);
            for (var i = 0; i < computed.Length; i++)
                probabilities[i] = computed[i];
            contexts = contexts[some.Length..];
            probabilities = probabilities[computed.Length..];
        }
    }
}

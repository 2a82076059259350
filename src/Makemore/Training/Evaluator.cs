using Makemore.Models;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Running;
using Makemore.Text;

namespace Makemore.Training;

/// <summary>The mean loss over whole parts of the data.</summary>
public sealed class Evaluator : IDisposable
{
    readonly Storage storage;
    readonly Batch batch;
    readonly BackgroundCompilation compilation;
    Routine? routine;

    /// <summary>An evaluator of the model whose programs, parameters and examples these are. It is compiled beside what the caller does next.</summary>
    public Evaluator(LanguageModelProgram programs, IBackend backend, Storage storage)
    {
        this.storage = storage;
        (var program, batch) = programs.Evaluate();
        compilation = new BackgroundCompilation(program, backend);
    }

    /// <summary>The mean cross-entropy of some examples, in nats a character, summed in double precision in their order.</summary>
    /// <param name="part">Which examples.</param>
    /// <param name="examples">All of them.</param>
    public double MeanLoss(Range part, Examples examples)
    {
        routine ??= compilation.Bind(storage);
        var sum = 0.0;
        ExampleChunks.Run(routine, batch, storage, examples, part, (losses, _) =>
        {
            foreach (var loss in losses)
                sum += loss;
        });
        return sum / examples.Predicted(part);
    }

    /// <inheritdoc/>
    public void Dispose() => routine?.Dispose();
}

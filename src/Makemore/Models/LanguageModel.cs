using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Running;

namespace Makemore.Models;

/// <summary>A model of which character follows the characters before.</summary>
public abstract class LanguageModel
{
    /// <summary>A model over these characters.</summary>
    /// <param name="vocab">The characters and the end marker.</param>
    /// <param name="block">The characters of a context.</param>
    protected LanguageModel(Axis vocab, Axis block) => (Vocab, Block) = (vocab, block);

    /// <summary>The characters and, at 0, the end marker.</summary>
    public Axis Vocab { get; }

    /// <summary>The characters that the model sees, the nearest last.</summary>
    public Axis Block { get; }

    /// <summary>What is learned, in the order in which random numbers are drawn for it.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>How many numbers are learned.</summary>
    public int ParameterCount => Parameters.Sum(parameter => parameter.Shape.Elements);

    /// <summary>The logits of what comes next.</summary>
    /// <param name="characters">[batch, block], pointing into <see cref="Vocab"/>.</param>
    /// <returns>[batch, vocab].</returns>
    public abstract Tensor Logits(Tensor characters);

    /// <summary>The model ready for use; it sees what training changes.</summary>
    /// <param name="storage">The parameters; it must outlive the predictor.</param>
    /// <param name="backend">What compiles the model.</param>
    /// <param name="rows">Contexts that are computed at once: 1 for lines made character by character, many for lines that are there already.</param>
    public virtual IPredictor Predictor(Storage storage, IBackend backend, int rows = 1) => new TrainedNetwork(this, storage, backend, rows);
}

using Makemore.Models.Layers;
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

    /// <summary>What training keeps and no gradient changes, such as running statistics.</summary>
    public virtual IReadOnlyList<Parameter> State => [];

    /// <summary>All that makes the model what it is, and that is saved of it: <see cref="Parameters"/> and <see cref="State"/>.</summary>
    public IReadOnlyList<Parameter> Tensors => [.. Parameters, .. State];

    /// <summary>How many numbers are learned.</summary>
    public long ParameterCount => Parameters.Sum(parameter => parameter.Shape.Aggregate(1L, (product, axis) => product * axis.Length));

    /// <summary>The logits of what comes next.</summary>
    /// <param name="characters">[batch, block], pointing into <see cref="Vocab"/>.</param>
    /// <returns>[batch, vocab].</returns>
    public abstract Tensor Logits(Tensor characters);

    /// <summary>The logits of what comes next, as the pass needs them; for a model whose training computes them otherwise than its use does.</summary>
    /// <param name="characters">[batch, block], pointing into <see cref="Vocab"/>.</param>
    /// <param name="pass">What they are for; it takes in what the model normalises.</param>
    /// <returns>[batch, vocab].</returns>
    public virtual Tensor Logits(Tensor characters, Pass pass) => Logits(characters);

    /// <summary>
    /// The logits of what follows each of some lines after one more character. A model that need not compute everything again for that says here
    /// how, with what the step keeps of the characters before.
    /// </summary>
    /// <param name="step">The characters, and what was kept.</param>
    /// <returns>[batch, vocab].</returns>
    public virtual Tensor Step(LineStep step) => StepAnew(step);

    /// <summary>The same logits, computed from all characters that the model sees.</summary>
    /// <param name="step">The characters.</param>
    /// <returns>[batch, vocab].</returns>
    public virtual Tensor StepAnew(LineStep step) => Logits(step.Window);

    /// <summary>What training adds to the loss, a scalar; null for nothing.</summary>
    public virtual Tensor? Penalty => null;

    /// <summary>The model ready for use; it sees what training changes.</summary>
    /// <param name="storage">The parameters; it must outlive the predictor.</param>
    /// <param name="backend">What compiles the model.</param>
    /// <param name="rows">The most contexts, or whole lines, that are computed at once: 1 for lines made character by character, many for lines that are there already.</param>
    public virtual IPredictor Predictor(Storage storage, IBackend backend, int rows = 1) => new TrainedNetwork(this, storage, backend, rows);
}

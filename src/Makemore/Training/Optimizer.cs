using Makemore.Tensors.Expressions;
using Makemore.Tensors.Running;

namespace Makemore.Training;

/// <summary>How parameters move, given their gradients: expressions that become the update of a step's program.</summary>
/// <remarks>What an optimizer remembers from step to step are parameters of its own, 0 at first and updated by the same program.</remarks>
public abstract class Optimizer
{
    /// <summary>What is remembered from step to step.</summary>
    public virtual IReadOnlyList<Parameter> State => [];

    /// <summary>The new values of the parameters, and of <see cref="State"/>.</summary>
    /// <param name="gradients">The gradients of the parameters that the optimizer was made for, in the same order.</param>
    /// <param name="learningRate">A scalar.</param>
    public abstract IReadOnlyList<Update> Updates(IReadOnlyList<Tensor> gradients, Tensor learningRate);

    /// <summary>Sets what the next step needs to know besides. Allocates nothing.</summary>
    /// <param name="storage">Where the step's inputs are.</param>
    /// <param name="step">The step's number from 0.</param>
    public virtual void Prepare(Storage storage, int step)
    {
    }

    /// <summary>The optimizer asked for.</summary>
    /// <param name="settings">Which, and with what numbers.</param>
    /// <param name="parameters">What it moves.</param>
    public static Optimizer Of(OptimizerSettings settings, IReadOnlyList<Parameter> parameters) => settings.Kind switch
    {
        OptimizerKind.Adam => new Adam(parameters, settings),
        OptimizerKind.AdamW => new AdamW(parameters, settings),
        _ => new Sgd(parameters, settings),
    };

    private protected static IReadOnlyList<Parameter> StateOf(IEnumerable<Parameter> parameters, string name) =>
        [.. parameters.Select(parameter => new Parameter($"{parameter.Name}.{name}", parameter.Shape, Initializers.Constant(0)))];
}

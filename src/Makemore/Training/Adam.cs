using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Running;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Training;

/// <summary>
/// Adam (Kingma and Ba 2015): each number moves by its mean gradient over the root of its mean squared gradient, both corrected for having
/// begun at 0. Weight decay is part of the gradient. The same as PyTorch's <c>torch.optim.Adam</c>.
/// </summary>
public class Adam : Optimizer
{
    readonly Input meanCorrection = new("m_correction", Shape.Scalar);
    readonly Input squareCorrection = new("v_correction", Shape.Scalar);
    readonly IReadOnlyList<Parameter> means;
    readonly IReadOnlyList<Parameter> squares;

    /// <summary>Adam for these parameters.</summary>
    /// <param name="parameters">What changes.</param>
    /// <param name="settings">The betas, epsilon and weight decay.</param>
    public Adam(IReadOnlyList<Parameter> parameters, OptimizerSettings settings)
    {
        (Parameters, Settings) = (parameters, settings);
        (means, squares) = (StateOf(parameters, "m"), StateOf(parameters, "v"));
        State = [.. means, .. squares];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> State { get; }

    private protected IReadOnlyList<Parameter> Parameters { get; }

    private protected OptimizerSettings Settings { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Update> Updates(IReadOnlyList<Tensor> gradients, Tensor learningRate)
    {
        var updates = new List<Update>();
        var stepSize = (learningRate * meanCorrection).As("step_size");
        for (var i = 0; i < Parameters.Count; i++)
        {
            var gradient = WithDecay(gradients[i], Parameters[i]);
            var mean = (Settings.Beta1 * means[i]) + ((1 - Settings.Beta1) * gradient);
            var square = (Settings.Beta2 * squares[i]) + ((1 - Settings.Beta2) * (gradient * gradient));
            updates.Add(new(means[i], mean));
            updates.Add(new(squares[i], square));
            updates.Add(new(Parameters[i], Decayed(Parameters[i], learningRate) - (stepSize * mean / ((Sqrt(square) * squareCorrection) + Settings.Epsilon))));
        }

        return updates;
    }

    /// <inheritdoc/>
    public override void Prepare(Storage storage, int step)
    {
        // In double: in float 1 − β² would have few digits at the first steps.
        storage.Write(meanCorrection, (float)(1 / (1 - Math.Pow(Settings.Beta1, step + 1.0))));
        storage.Write(squareCorrection, (float)(1 / Math.Sqrt(1 - Math.Pow(Settings.Beta2, step + 1.0))));
    }

    private protected virtual Tensor WithDecay(Tensor gradient, Parameter parameter) =>
        Settings.Decay > 0 ? gradient + (Settings.Decay * parameter) : gradient;

    private protected virtual Tensor Decayed(Parameter parameter, Tensor learningRate) => parameter;
}

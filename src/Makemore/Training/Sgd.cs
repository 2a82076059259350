using Makemore.Tensors.Expressions;

namespace Makemore.Training;

/// <summary>
/// Stochastic gradient descent: each parameter moves against its gradient; with momentum (Polyak 1964) it goes on as before, too, and with
/// Nesterov's (Sutskever et al. 2013) as if it had done so already. The same as PyTorch's <c>torch.optim.SGD</c>.
/// </summary>
/// <param name="parameters">What changes.</param>
/// <param name="settings">Momentum, Nesterov and weight decay.</param>
public sealed class Sgd(IReadOnlyList<Parameter> parameters, OptimizerSettings settings) : Optimizer
{
    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> State { get; } = settings.Momentum > 0 ? StateOf(parameters, "momentum") : [];

    /// <inheritdoc/>
    public override IReadOnlyList<Update> Updates(IReadOnlyList<Tensor> gradients, Tensor learningRate)
    {
        var updates = new List<Update>();
        for (var i = 0; i < parameters.Count; i++)
        {
            var move = settings.Decay > 0 ? gradients[i] + (settings.Decay * parameters[i]) : gradients[i];
            if (settings.Momentum > 0)
            {
                var moving = (settings.Momentum * State[i]) + move;
                updates.Add(new(State[i], moving));
                move = settings.Nesterov ? move + (settings.Momentum * moving) : moving;
            }

            updates.Add(new(parameters[i], parameters[i] - (learningRate * move)));
        }

        return updates;
    }
}

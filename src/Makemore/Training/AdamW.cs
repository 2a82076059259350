using Makemore.Tensors.Expressions;

namespace Makemore.Training;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter 2019): parameters shrink by a share of themselves, and the gradient knows nothing
/// of it. The same as PyTorch's <c>torch.optim.AdamW</c>.
/// </summary>
/// <param name="parameters">What changes.</param>
/// <param name="settings">The betas, epsilon and weight decay.</param>
public sealed class AdamW(IReadOnlyList<Parameter> parameters, OptimizerSettings settings) : Adam(parameters, settings)
{
    private protected override Tensor WithDecay(Tensor gradient, Parameter parameter) => gradient;

    private protected override Tensor Decayed(Parameter parameter, Tensor learningRate) =>
        Settings.Decay > 0 ? parameter * (1 - (learningRate * Settings.Decay)).As("shrink") : parameter;
}

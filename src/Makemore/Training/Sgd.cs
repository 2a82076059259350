using Makemore.Tensors.Expressions;

namespace Makemore.Training;

/// <summary>Stochastic gradient descent: each parameter moves against its gradient.</summary>
public static class Sgd
{
    /// <summary>p − lr·p.grad for each parameter.</summary>
    /// <param name="parameters">What changes.</param>
    /// <param name="gradients">Their gradients, in the same order.</param>
    /// <param name="learningRate">A scalar.</param>
    public static IReadOnlyList<Update> Updates(IReadOnlyList<Parameter> parameters, IReadOnlyList<Tensor> gradients, Tensor learningRate) =>
        [.. parameters.Zip(gradients, (parameter, gradient) => new Update(parameter, parameter - (learningRate * gradient)))];
}

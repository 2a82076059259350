using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Training;

/// <summary>Shortens gradients that are too long, without turning them (Pascanu et al. 2013). The same as PyTorch's <c>clip_grad_norm_</c>.</summary>
public static class GradientClipping
{
    // PyTorch's, against division by 0.
    const double Epsilon = 1e-6;

    /// <summary>The gradients, scaled alike so that all their numbers together have at most a norm.</summary>
    /// <param name="gradients">The gradients of a step.</param>
    /// <param name="norm">The norm, above 0.</param>
    public static IReadOnlyList<Tensor> Clip(IReadOnlyList<Tensor> gradients, double norm)
    {
        var squares = gradients.Select(gradient => (gradient * gradient).Sum(gradient.Shape)).Aggregate((sum, square) => sum + square);
        var total = Sqrt(squares).As("grad_norm");
        var scale = (1 / Maximum(1, (total + Epsilon) / norm)).As("clip");
        return [.. gradients.Select(gradient => gradient * scale)];
    }
}

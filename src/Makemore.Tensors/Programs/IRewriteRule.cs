using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;

namespace Makemore.Tensors.Programs;

/// <summary>A way to write an expression differently. A new rule is a file, and an entry in <see cref="Rewriting"/>.</summary>
interface IRewriteRule
{
    /// <summary>The rule as mathematics.</summary>
    string Text { get; }

    /// <summary>The other way, of the same shape; null where the expression is of another kind.</summary>
    RewriteOffer? Apply(Tensor tensor);
}

/// <summary>Another way to write an expression.</summary>
/// <param name="Tensor">The other way.</param>
/// <param name="Before">Multiplications and additions of the expression as it is.</param>
/// <param name="After">Those of the other way, moving rows counted with what it costs.</param>
sealed record RewriteOffer(Tensor Tensor, double Before, double After);

/// <summary>How much there is to do, and what new expressions are called.</summary>
static class Work
{
    /// <summary>What fetching an element by an index and adding it up costs, in multiplications and additions of a matrix product.</summary>
    public const double OfMovedElement = 6;

    /// <summary>The elements of all axes together.</summary>
    public static double Of(params ReadOnlySpan<Shape> shapes)
    {
        var all = Shape.Scalar;
        foreach (var shape in shapes)
            all = all.Union(shape);
        return all.Aggregate(1.0, (product, axis) => product * axis.Length);
    }

    /// <summary>The expression under a name made of what it is made of, where that has names.</summary>
    public static Tensor Called(this Tensor tensor, Tensor left, string relation, Tensor right) =>
        left.Name is { } first && right.Name is { } second ? tensor.As($"{first}_{relation}_{second}") : tensor;
}

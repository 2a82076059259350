using Makemore.Tensors.Axes;

namespace Makemore.Tensors.Expressions;

// All of these subtract the largest element first, so that no exponential overflows. The results do not depend on what is
// subtracted, so no gradient flows through it. Rows that are −∞ throughout have no softmax.
public static partial class Functions
{
    /// <summary>exp(x)/Σ exp(x) along some axes.</summary>
    /// <exception cref="ShapeException">x lacks an axis.</exception>
    public static Tensor Softmax(Tensor x, Shape over)
    {
        // One division a row; the sum is 1 at least, so that its inverse is an ordinary number.
        var counts = Exp(x - x.Max(over).Detach()).As("counts");
        var inverse = (1 / counts.Sum(over).As("counts_sum")).As("counts_sum_inv");
        return WithGradient(counts * inverse, [x], (result, upstream) =>
            [result * (upstream - (upstream * result).Sum(over).As("grad_mean"))]);
    }

    /// <summary>log softmax(x), without the way through probabilities that may be 0.</summary>
    /// <exception cref="ShapeException">x lacks an axis.</exception>
    public static Tensor LogSoftmax(Tensor x, Shape over)
    {
        var shifted = x - x.Max(over).Detach();
        return shifted - Log(Exp(shifted).Sum(over));
    }

    /// <summary>log Σ exp(x) along some axes: a smooth maximum.</summary>
    /// <exception cref="ShapeException">x lacks an axis.</exception>
    public static Tensor LogSumExp(Tensor x, Shape over)
    {
        var max = x.Max(over).Detach();
        return Log(Exp(x - max).Sum(over)) + max;
    }
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Expressions;

/// <summary>The functions models are written with, each composed of primitives. Made for <c>using static</c>.</summary>
public static partial class Functions
{
    /// <summary>eˣ of every element.</summary>
    public static Tensor Exp(Tensor x) => Map.Of(ScalarFunction.Exp, x);

    /// <summary>The natural logarithm of every element.</summary>
    public static Tensor Log(Tensor x) => Map.Of(ScalarFunction.Log, x);

    /// <summary>The hyperbolic tangent of every element.</summary>
    public static Tensor Tanh(Tensor x) => Map.Of(ScalarFunction.Tanh, x);

    /// <summary>The square root of every element.</summary>
    public static Tensor Sqrt(Tensor x) => Map.Of(ScalarFunction.Sqrt, x);

    /// <summary>The larger of two, element by element.</summary>
    public static Tensor Maximum(Tensor x, Tensor y) => Map.Of(ScalarFunction.Maximum, x, y);

    /// <summary>exp(x)/Σ exp(x) along some axes, the largest subtracted first so that no exponential overflows.</summary>
    /// <exception cref="ShapeException">x lacks an axis.</exception>
    public static Tensor Softmax(Tensor x, Shape over)
    {
        var counts = Exp(x - x.Max(over).Detach());
        return counts / counts.Sum(over);
    }

    /// <summary>
    /// −log softmax(logits)[target]: the surprise at each target, one number for each element of <paramref name="targets"/>.
    /// The largest logit is subtracted first, as in lecture part 4, so that no exponential overflows.
    /// </summary>
    /// <param name="logits">[…, classes].</param>
    /// <param name="targets">[…], pointing into the classes.</param>
    /// <exception cref="ShapeException">The targets do not point into an axis of the logits.</exception>
    public static Tensor CrossEntropy(Tensor logits, Tensor targets)
    {
        var picked = logits[targets].As("target_logit");
        Shape classes = [targets.Into!];
        var max = logits.Max(classes).Detach().As("logit_max");
        var counts = Exp(logits - max).As("counts");
        return Log(counts.Sum(classes).As("counts_sum")) + (max - picked);
    }
}

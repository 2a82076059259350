using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Expressions;

/// <summary>The functions models are written with, each composed of primitives. Made for <c>using static</c>.</summary>
/// <remarks>Here are the elementary ones; the others stand in the files of this class, a family each.</remarks>
public static partial class Functions
{
    /// <summary>eˣ of every element.</summary>
    public static Tensor Exp(Tensor x) => Map.Of(ScalarFunction.Exp, x);

    /// <summary>The natural logarithm of every element.</summary>
    public static Tensor Log(Tensor x) => Map.Of(ScalarFunction.Log, x);

    /// <summary>The square root of every element.</summary>
    public static Tensor Sqrt(Tensor x) => Map.Of(ScalarFunction.Sqrt, x);

    /// <summary>Every element without its sign; at 0 the gradient is 0.</summary>
    public static Tensor Abs(Tensor x) => Map.Of(ScalarFunction.Absolute, x);

    /// <summary>The larger of two, element by element. Where both are equal the first has the gradient.</summary>
    public static Tensor Maximum(Tensor x, Tensor y) => Map.Of(ScalarFunction.Maximum, x, y);

    /// <summary>The smaller of two, element by element. Where both are equal the first has the gradient.</summary>
    public static Tensor Minimum(Tensor x, Tensor y) => Map.Of(ScalarFunction.Minimum, x, y);

    /// <summary>A value with a gradient rule of its own, in place of the one that follows from how it is computed.</summary>
    /// <param name="value">What the result is.</param>
    /// <param name="by">The expressions that receive a gradient; they are what the value is computed from.</param>
    /// <param name="gradients">
    /// Given the result and the gradient by it, the gradient by each of <paramref name="by"/>, of the axes of each; null where none flows.
    /// What it is written with is differentiated where second derivatives are asked for.
    /// </param>
    /// <remarks>
    /// The straight-through estimator: <c>WithGradient(Where(x > 0, 1, -1), [x], (_, upstream) => [upstream])</c>;
    /// a gradient cut off at ±1: <c>WithGradient(x, [x], (_, upstream) => [Maximum(-1, Minimum(1, upstream))])</c>.
    /// </remarks>
    /// <exception cref="ShapeException">The value holds positions; later, where the gradient is asked for, the rule gives one of other axes.</exception>
    public static Tensor WithGradient(Tensor value, IReadOnlyList<Tensor> by, Func<Tensor, Tensor, IReadOnlyList<Tensor?>> gradients) =>
        CustomGradient.Of(value, by, gradients);

    // Over no axes a sum is what it sums, and that may be a leaf with a name of its own.
    static Tensor Named(Tensor x, string name) => x is Leaf ? x : x.As(name);
}

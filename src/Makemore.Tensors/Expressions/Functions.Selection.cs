using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Expressions;

// Comparisons give 1 where they hold and 0 where not; <, ≤, > and ≥ are operators of tensors.
public static partial class Functions
{
    /// <summary>1 where two elements (or positions along axes) are equal, otherwise 0.</summary>
    public static Tensor Equal(Tensor x, Tensor y) => Map.Of(ScalarFunction.Equal, x, y);

    /// <summary>1 where two elements (or positions along axes) are not equal, otherwise 0.</summary>
    public static Tensor NotEqual(Tensor x, Tensor y) => Map.Of(ScalarFunction.NotEqual, x, y);

    /// <summary>
    /// x where the condition is not 0, otherwise y. What is not chosen does not matter, be it infinite or not a number; only what is
    /// chosen has the gradient.
    /// </summary>
    public static Tensor Where(Tensor condition, Tensor x, Tensor y) => Map.Of(ScalarFunction.Where, condition, x, y);

    /// <summary>The numbers 0, 1, 2, … along an axis.</summary>
    public static Tensor PositionAlong(Axis axis) => new Position(axis);

    /// <summary>How many elements lie along some axes: a number, which for a bounded axis each run sets.</summary>
    public static Tensor LengthOf(Shape axes) => Length.Of(axes);

    /// <summary>Scores of attention in which no query sees what comes after it: −∞ where the key's position is beyond the query's.</summary>
    /// <param name="scores">[…, query, key].</param>
    /// <param name="query">The axis of those who look.</param>
    /// <param name="key">The axis of what they look at.</param>
    /// <exception cref="ShapeException">The scores lack one of the axes.</exception>
    public static Tensor Causal(Tensor scores, Axis query, Axis key)
    {
        ShapeErrors.CheckHas(scores, [query, key]);
        return Where(PositionAlong(query) >= PositionAlong(key), scores, double.NegativeInfinity);
    }
}

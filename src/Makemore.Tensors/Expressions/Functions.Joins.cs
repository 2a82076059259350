using Makemore.Tensors.Axes;

namespace Makemore.Tensors.Expressions;

public static partial class Functions
{
    /// <summary>Tensors of the same axes side by side along a new axis, which stands first.</summary>
    /// <exception cref="ShapeException">There are more or fewer than the axis is long, their axes differ, or they have the axis.</exception>
    public static Tensor Stack(Axis axis, params Tensor[] tensors) => Place.Stack(axis, tensors);

    /// <summary>Tensors one after the other along an axis that each has with a length of its own.</summary>
    /// <param name="axis">The axis of the result, as long as those of the tensors together.</param>
    /// <param name="tensors">What is joined; all other axes are the same.</param>
    /// <exception cref="ShapeException">The lengths do not add up, an axis is missing, or the others differ.</exception>
    public static Tensor Concatenate(Axis axis, params Tensor[] tensors) => Place.Concatenate(axis, tensors);
}

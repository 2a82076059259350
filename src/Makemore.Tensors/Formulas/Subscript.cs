using Makemore.Tensors.Axes;

namespace Makemore.Tensors.Formulas;

/// <summary>Which element along one axis of a source an <see cref="Element"/> reads.</summary>
public abstract record Subscript
{
    /// <summary>The indices that run along a shape's own axes: element <c>[a, b]</c> at <c>[a, b]</c>.</summary>
    public static ValueList<Subscript> Identity(Shape shape) => new([.. shape.Select(axis => new AxisIndex(axis))]);
}

/// <summary>The position along an axis of the loop.</summary>
public sealed record AxisIndex(Axis Axis) : Subscript;

/// <summary>A position read from a tensor of indices: <c>x[batch, block]</c> in <c>C[x[batch, block], embed]</c>.</summary>
public sealed record Lookup(Element Element) : Subscript;

using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Expressions;

/// <summary>How long a bounded axis is at the moment, a number without axes.</summary>
public sealed class Length : Tensor
{
    Length(Axis axis)
        : base(Shape.Scalar) => Axis = axis;

    /// <summary>The axis.</summary>
    public Axis Axis { get; }

    /// <inheritdoc/>
    public override Formula Formula => new(new AxisLength(Axis));

    /// <inheritdoc/>
    public override string Operation => $"|{Axis.Name}|";

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor?> OperandGradients(Tensor upstream) => [];

    /// <summary>The product of the axes' lengths: a constant where all are fixed.</summary>
    internal static Tensor Of(Shape axes)
    {
        Tensor product = axes.Where(axis => !axis.IsBounded).Aggregate(1.0, (product, axis) => product * axis.Length);
        return axes.Select(axis => axis.Bounded).OfType<Axis>().Aggregate(product, (product, axis) => product * new Length(axis));
    }
}

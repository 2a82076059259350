using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Expressions;

/// <summary>The numbers 0, 1, 2, … along an axis.</summary>
public sealed class Position(Axis axis) : Tensor([axis])
{
    /// <summary>The axis counted along.</summary>
    public Axis Axis { get; } = axis;

    /// <inheritdoc/>
    public override Formula Formula => new(new AxisPosition(Axis));

    /// <inheritdoc/>
    public override string Operation => "position";

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor?> OperandGradients(Tensor upstream) => [];
}

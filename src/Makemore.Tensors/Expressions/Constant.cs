using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Expressions;

/// <summary>A number that never changes, without axes.</summary>
public sealed class Constant(double value) : Tensor(Shape.Scalar)
{
    /// <summary>The number.</summary>
    public double Value { get; } = value;

    /// <inheritdoc/>
    public override Formula Formula => new(new Literal(Value));

    /// <inheritdoc/>
    public override string Operation => "constant";

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor?> OperandGradients(Tensor upstream) => [];
}

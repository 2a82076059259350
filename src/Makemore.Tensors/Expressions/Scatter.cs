using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Expressions;

/// <summary>The adjoint of <see cref="Gather"/>: <c>C.grad[x[batch, block], embed] += embed.grad[batch, block, embed]</c>, in the order of the rows.</summary>
public sealed class Scatter : Tensor
{
    readonly Axis axis;

    internal Scatter(Shape table, Axis axis, Tensor values, Tensor indices)
        : base(table, values.BroadcastTo(indices.Shape.Union(values.Shape)), indices) => this.axis = axis;

    /// <summary>What is added up.</summary>
    public Tensor Values => Operands[0];

    /// <summary>Which elements it is added to.</summary>
    public Tensor Indices => Operands[1];

    /// <inheritdoc/>
    public override string Operation => "scatter";

    /// <inheritdoc/>
    public override Formula Formula => new(OperandOf(0, Operands[0]).Here, new Destination(
        Operands[0].Shape,
        new([.. Shape.Select(other => other == axis ? (Subscript)new Lookup(OperandOf(1, Operands[1]).Here) : new AxisIndex(other))]),
        Adds: true,
        Elsewhere: 0));

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor?> OperandGradients(Tensor upstream) => [Gather.Of(upstream, Indices), null];
}

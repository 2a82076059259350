using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Expressions;

/// <summary>Elements of a table chosen by a tensor of indices: <c>C[x[batch, block], embed]</c>, or one of each row, <c>logits[batch, y[batch]]</c>.</summary>
public sealed class Gather : Tensor
{
    readonly Axis axis;

    Gather(Tensor table, Axis axis, Tensor indices)
        : base(indices.Shape.Union(table.Shape.Without([axis])), table, indices) => this.axis = axis;

    /// <summary>What is chosen from.</summary>
    public Tensor Table => Operands[0];

    /// <summary>What chooses.</summary>
    public Tensor Indices => Operands[1];

    /// <inheritdoc/>
    public override Axis? Into => Operands[0].Into;

    /// <inheritdoc/>
    public override string Operation => "gather";

    /// <inheritdoc/>
    public override Formula Formula => new(new Element(
        OperandOf(0, Operands[0]),
        new([.. Operands[0].Shape.Select(other => other == axis ? (Subscript)new Lookup(OperandOf(1, Operands[1]).Here) : new AxisIndex(other))])));

    /// <summary>The table's elements at the indices, along the axis the indices point into.</summary>
    /// <exception cref="ShapeException">These are no indices, the table lacks the axis, or an axis has two lengths.</exception>
    public static Tensor Of(Tensor table, Tensor indices)
    {
        if (indices.Into is not { } axis)
            throw ShapeErrors.Of($"'{indices.Description}' holds numbers, where positions along an axis of '{table.Description}' are needed");
        if (table is Parameter parameter && parameter.IsOpen(out _))
            parameter.Complete([axis]);
        ShapeErrors.CheckHas(table, [axis]);
        ShapeErrors.CheckMeet(table, indices);
        if (indices.Shape.Contains(axis))
            throw ShapeErrors.Of($"'{indices.Description}' points into '{axis.Name}', which is also an axis of its own");
        return new Gather(table, axis, indices);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor?> OperandGradients(Tensor upstream)
    {
        var (table, indices) = (Table, Indices);
        if (table.Type == ElementType.Index)
            return [null, null];

        // Where every row of the table is asked for one element, its gradient is [axis = index]·upstream: no scatter, and it fuses.
        return indices.Shape.All(table.Shape.Contains)
            ? [upstream.BroadcastTo(table.Shape) * Map.Of(ScalarFunction.Equal, new Position(axis), indices), null]
            : [new Scatter(table.Shape, axis, upstream, indices), null];
    }
}

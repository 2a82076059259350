using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Expressions;

/// <summary>The operand's elements seen differently: renamed axes, new axes along which nothing changes. No arithmetic.</summary>
public sealed class View : Tensor
{
    readonly Subscript[] at;
    readonly Func<Tensor, Tensor?> gradient;

    View(string operation, Shape shape, Tensor operand, Subscript[] at, Func<Tensor, Tensor?> gradient)
        : base(shape, operand)
    {
        Operation = operation;
        this.at = at;
        this.gradient = gradient;
    }

    /// <inheritdoc/>
    public override Axis? Into => Operands[0].Into;

    /// <inheritdoc/>
    public override string Operation { get; }

    /// <inheritdoc/>
    public override Formula Formula => new(new Element(OperandOf(0, Operands[0]), new(at)));

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor?> OperandGradients(Tensor upstream) => [gradient(upstream)];

    internal static Tensor Rename(Tensor operand, Axis from, Axis to)
    {
        ShapeErrors.CheckHas(operand, [from]);
        if (from.Length != to.Length)
            throw ShapeErrors.Of($"axis '{from.Name}' of '{operand.Description}' has length {from.Length} and cannot become '{to.Name}' of length {to.Length}");
        if (from == to)
            return operand;
        if (operand.Shape.Find(to.Name) is not null)
            throw ShapeErrors.Of($"'{operand.Description}' has an axis '{to.Name}' already");
        Axis Renamed(Axis axis) => axis == from ? to : axis;
        return new View("rename", [.. operand.Shape.Select(Renamed)], operand, [.. operand.Shape.Select(axis => new AxisIndex(Renamed(axis)))],
            upstream => Rename(upstream, to, from));
    }

    internal static Tensor BroadcastTo(Tensor operand, Shape shape)
    {
        foreach (var axis in operand.Shape)
        {
            if (!shape.Contains(axis))
                throw ShapeErrors.Of($"'{operand.Description}' has an axis '{axis.Name}' that {shape} lacks");
        }

        return operand.Shape.SameAxes(shape)
            ? operand
            : new View("broadcast", shape, operand, [.. operand.Shape.Select(axis => new AxisIndex(axis))], upstream => upstream.SumTo(operand.Shape));
    }

    internal static Tensor InOrder(Tensor operand, Shape shape) => operand.Shape.Equals(shape)
        ? operand
        : new View("reorder", shape, operand, [.. operand.Shape.Select(axis => new AxisIndex(axis))], upstream => upstream);

    internal static Tensor Detach(Tensor operand) =>
        new View("detach", operand.Shape, operand, [.. operand.Shape.Select(axis => new AxisIndex(axis))], _ => null);
}

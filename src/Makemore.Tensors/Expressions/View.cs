using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Expressions;

/// <summary>
/// The operand's elements read from elsewhere: renamed axes, new axes along which nothing changes, affine indices in place of an
/// axis. No arithmetic, and no copy where the reader can read so too. What goes the other way is a <see cref="Place"/>.
/// </summary>
public sealed class View : Tensor
{
    readonly Subscript[] at;
    readonly Func<Tensor, Tensor?> gradient;

    View(string operation, Shape shape, Tensor operand, Subscript[] at, Func<Tensor, Tensor?> gradient, Axis? into = null)
        : base(shape, operand)
    {
        Into = into ?? operand.Into;
        Operation = operation;
        this.at = at;
        this.gradient = gradient;
    }

    /// <summary>Which element of the operand is read, along each of its axes.</summary>
    internal ValueList<Subscript> Subscripts => [.. at];

    /// <inheritdoc/>
    public override Axis? Into { get; }

    /// <inheritdoc/>
    public override string Operation { get; }

    /// <inheritdoc/>
    public override Formula Formula => new(new Element(OperandOf(0, Operands[0]), new(at)));

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor?> OperandGradients(Tensor upstream) => [gradient(upstream)];

    /// <summary>Elements of a tensor at indices made of the axes of <paramref name="shape"/>, each of which stands in one of them: a <see cref="Place"/>'s adjoint.</summary>
    internal static View Of(string operation, Shape shape, Tensor operand, ValueList<Subscript> at)
    {
        ShapeErrors.CheckWhole(operation, operand, operand.Shape, at);
        return new(operation, shape, operand, [.. at], upstream => Place.Of(Place.Adjoint(operation), operand.Shape, 0, new Place.Part(upstream, at)));
    }

    internal static Tensor Slice(Tensor operand, Axis axis, int start, Axis to, int step)
    {
        if (step < 1)
            throw ShapeErrors.Of($"a slice along '{axis.Name}' needs a step of at least 1, not {step}");
        return axis == to && start == 0 ? operand : Along("slice", operand, axis, [to], Affine.Of([(step, to)], start));
    }

    internal static Tensor Fixed(Tensor operand, Axis axis, int index) => Along("at", operand, axis, [], Affine.Fixed(index));

    internal static Tensor Split(Tensor operand, Axis axis, Shape into)
    {
        ShapeErrors.CheckHas(operand, [axis]);
        if (into.Elements != axis.Length)
            throw ShapeErrors.Of($"axis '{axis.Name}' of '{operand.Description}' has length {axis.Length} and cannot be split into {into} of {into.Elements} elements");
        return Along("split", operand, axis, into, Affine.Of(into.Zip(into.DenseStrides(), (part, stride) => (stride, part)), 0));
    }

    internal static Tensor Window(Tensor operand, Axis axis, Axis position, Axis tap, int stride, int dilation, int offset)
    {
        if (stride < 1 || dilation < 1)
            throw ShapeErrors.Of($"a window along '{axis.Name}' needs a stride and a dilation of at least 1, not {stride} and {dilation}");
        ShapeErrors.CheckFree(operand, [axis], [position, tap]);
        return Along("window", operand, axis, [position, tap], Affine.Of([(stride, position), (dilation, tap)], offset));
    }

    // An axis read at an index made of other axes, which take its place.
    static Tensor Along(string operation, Tensor operand, Axis axis, Shape into, Subscript index)
    {
        ShapeErrors.CheckHas(operand, [axis]);
        ShapeErrors.CheckFree(operand, [axis], into);
        var (first, last) = index.Range;
        if (first < 0 || last >= axis.Length)
            throw ShapeErrors.Of($"positions {first} to {last} of axis '{axis.Name}' are needed, and '{operand.Description}' has only 0 to {axis.Length - 1}");
        return Of(operation, [.. operand.Shape.SelectMany(other => other == axis ? into : [other])], operand, Subscript.Identity(operand.Shape, axis, index));
    }

    // What nobody has named yet can be made in the order that is asked for.
    internal static Tensor Permute(Tensor operand, Shape order) => !operand.Shape.SameAxes(order)
        ? throw ShapeErrors.Of($"'{operand.Description}' has the axes {operand.Shape}, which cannot be put in the order {order}")
        : operand is Contract { Name: null } contract
            ? contract.InOrder(order)
            : InOrder(operand, order);

    internal static Tensor Rename(Tensor operand, Axis from, Axis to)
    {
        ShapeErrors.CheckHas(operand, [from]);
        if (!from.IsAsLongAs(to) && !from.Called(to.Name).Meets(to))
            throw ShapeErrors.Of($"axis '{from.Name}' of '{operand.Description}' has length {from.LengthText} and cannot become '{to.Name}' of length {to.LengthText}");
        if (from == to)
            return operand;
        ShapeErrors.CheckFree(operand, [], [to]);
        return Rename(operand, [.. operand.Shape.Select(axis => axis == from ? to : axis)]);
    }

    /// <summary>The operand with other names for its axes, in their order.</summary>
    internal static Tensor Rename(Tensor operand, Shape to) => operand.Shape.Equals(to)
        ? operand
        : new View("rename", to, operand, [.. to.Select(axis => new AxisIndex(axis))], upstream =>
            Rename(upstream, [.. upstream.Shape.Select(axis => operand.Shape[to.IndexOf(axis)])]));

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

    internal static Tensor PointingInto(Tensor operand, Axis longer)
    {
        if (operand.Into is not { } into || into.Length > longer.Length)
            throw ShapeErrors.Of($"'{operand.Description}' holds {(operand.Into is { } axis ? $"positions along '{axis.Name}' of length {axis.Length}" : "numbers")}, which cannot be positions along '{longer.Name}' of length {longer.Length}");
        return new View("pointing", operand.Shape, operand, [.. operand.Shape.Select(axis => new AxisIndex(axis))], _ => null, longer);
    }

    internal static Tensor Detach(Tensor operand) =>
        new View("detach", operand.Shape, operand, [.. operand.Shape.Select(axis => new AxisIndex(axis))], _ => null);
}

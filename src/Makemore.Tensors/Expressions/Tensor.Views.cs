using Makemore.Tensors.Axes;

namespace Makemore.Tensors.Expressions;

public abstract partial class Tensor
{
    /// <summary>The same elements with another name for an axis.</summary>
    public Tensor Rename(Axis from, Axis to) => View.Rename(this, from, to);

    /// <summary>The same elements repeated along the axes of <paramref name="shape"/> that this lacks.</summary>
    public Tensor BroadcastTo(Shape shape) => View.BroadcastTo(this, shape);

    /// <summary>The sum over the axes that <paramref name="shape"/> lacks, repeated along those that this lacks: broadcasting's adjoint.</summary>
    public Tensor SumTo(Shape shape) => Sum(Shape.Without(shape)).BroadcastTo(shape);

    /// <summary>The same elements, through which no gradient flows.</summary>
    public Tensor Detach() => View.Detach(this);

    /// <summary>The same positions, along a longer axis of which the old one is the beginning: so that there are values for what lies outside.</summary>
    /// <exception cref="ShapeException">These are numbers, or the axis is shorter.</exception>
    public Tensor PointingInto(Axis longer) => View.PointingInto(this, longer);

    /// <summary>The same axes in another order, which says how the elements lie in memory.</summary>
    /// <exception cref="ShapeException">The axes are not the same.</exception>
    public Tensor Permute(Shape order) => View.Permute(this, order);

    /// <summary>The element at one position of an axis, which vanishes.</summary>
    /// <exception cref="ShapeException">The axis is missing, or has no such position.</exception>
    public Tensor At(Axis axis, int index) => View.Fixed(this, axis, index);

    /// <summary>Some elements along an axis: y[…, to, …] = x[…, step·to + start, …].</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="start">The first position that is kept.</param>
    /// <param name="to">The axis of what is kept; it may have the old name.</param>
    /// <param name="step">From one position that is kept to the next.</param>
    /// <exception cref="ShapeException">The axis is missing or too short, or the name is taken.</exception>
    public Tensor Slice(Axis axis, int start, Axis to, int step = 1) => View.Slice(this, axis, start, to, step);

    /// <summary>One axis as several, the last of which runs fastest: y[…, a, b, …] = x[…, B·a + b, …].</summary>
    /// <exception cref="ShapeException">The axis is missing, the lengths do not multiply to its own, or a name is taken.</exception>
    public Tensor Split(Axis axis, Shape into) => View.Split(this, axis, into);

    /// <summary>Several axes as one, the last of them running fastest: y[…, B·a + b, …] = x[…, a, …, b, …]. It stands where the first of them stood.</summary>
    /// <exception cref="ShapeException">An axis is missing, the lengths do not multiply to that of <paramref name="to"/>, or its name is taken.</exception>
    public Tensor Merge(Shape axes, Axis to) => Place.Merge(this, axes, to);

    /// <summary>An axis made longer: y[…, axis + before, …] = x[…, axis, …], and a number around it.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="before">How many elements are put before the first.</param>
    /// <param name="after">How many elements are put after the last.</param>
    /// <param name="to">The longer axis; it may have the old name.</param>
    /// <param name="value">What is put there; −∞ before a maximum, a position where the elements are positions.</param>
    /// <exception cref="ShapeException">The axis is missing, the lengths do not add up, the name is taken, or the value is no such position.</exception>
    public Tensor Pad(Axis axis, int before, int after, Axis to, double value = 0) => Place.Pad(this, axis, before, after, to, value);

    /// <summary>Everything moved along an axis: y[…, axis + by, …] = x[…, axis, …]. What is moved over an end is gone; at the other end a number comes in.</summary>
    /// <exception cref="ShapeException">The axis is missing, or nothing would be left.</exception>
    public Tensor Shift(Axis axis, int by, double value = 0) => Place.Shift(this, axis, by, value);

    /// <summary>What lies under a window at each of its positions: y[…, position, tap, …] = x[…, stride·position + dilation·tap + offset, …].</summary>
    /// <param name="axis">The axis the window moves along.</param>
    /// <param name="position">The window's positions.</param>
    /// <param name="tap">The elements under it.</param>
    /// <param name="stride">From one position to the next.</param>
    /// <param name="dilation">From one element under the window to the next.</param>
    /// <param name="offset">Where the first window begins.</param>
    /// <exception cref="ShapeException">The axis is missing or too short, or a name is taken.</exception>
    public Tensor Window(Axis axis, Axis position, Axis tap, int stride = 1, int dilation = 1, int offset = 0) => View.Window(this, axis, position, tap, stride, dilation, offset);
}

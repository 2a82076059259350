using Makemore.Tensors.Axes;

namespace Makemore.Tensors.Expressions;

// Lines differ in length: laid side by side they have places where no character is. What treats every character by itself
// need not compute there; only what looks along a line, as attention does, wants the lines side by side.
public static partial class Functions
{
    /// <summary>The elements that are really there, one after the other: y[row, …] = x[batch, time, …] at the row's position.</summary>
    /// <param name="x">[batch, time, …], the packed axes in any place.</param>
    /// <param name="axes">The axes that are packed: [batch, time].</param>
    /// <param name="positions">[row], pointing into an axis as long as the packed ones together: batch·|time| + time for each row, none twice.</param>
    /// <exception cref="ShapeException">x lacks an axis, the lengths do not multiply to that of the axis pointed into, or the positions are none.</exception>
    public static Tensor Pack(Tensor x, Shape axes, Tensor positions) => x.Merge(axes, Pointing(positions, x))[positions];

    /// <summary>Packed elements back at their positions, 0 where none belongs: the adjoint of <see cref="Pack"/>.</summary>
    /// <param name="rows">[row, …].</param>
    /// <param name="positions">[row], as for <see cref="Pack"/>.</param>
    /// <param name="axes">The axes they go back to, which come first in the result: [batch, time].</param>
    /// <exception cref="ShapeException">The rows lack an axis of the positions, or the lengths do not multiply to that of the axis pointed into.</exception>
    public static Tensor Unpack(Tensor rows, Tensor positions, Shape axes)
    {
        var into = Pointing(positions, rows);
        ShapeErrors.CheckNumbers(rows);
        ShapeErrors.CheckHas(rows, positions.Shape);
        ShapeErrors.CheckFree(rows, positions.Shape, [into]);
        return new Scatter(Shape.Create([into]).Union(rows.Shape.Without(positions.Shape)), into, rows, positions).Split(into, axes);
    }

    static Axis Pointing(Tensor positions, Tensor x) =>
        positions.Into ?? throw ShapeErrors.Of($"'{positions.Description}' holds numbers, where positions of the rows of '{x.Description}' are needed");
}

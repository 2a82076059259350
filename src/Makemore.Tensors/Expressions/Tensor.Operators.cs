using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Expressions;

public abstract partial class Tensor
{
    /// <summary>The table's elements at the indices, along the axis they point into: <c>C[x]</c>.</summary>
    public Tensor this[Tensor indices] => Gather.Of(this, indices);

    /// <summary>A number as a tensor without axes.</summary>
    public static implicit operator Tensor(double value) => new Constant(value);

    /// <summary>Element by element, axes meeting by name.</summary>
    public static Tensor operator +(Tensor left, Tensor right) => Map.Of(ScalarFunction.Add, left, right);

    /// <summary>Element by element, axes meeting by name.</summary>
    public static Tensor operator -(Tensor left, Tensor right) => Map.Of(ScalarFunction.Subtract, left, right);

    /// <summary>Element by element, axes meeting by name.</summary>
    public static Tensor operator *(Tensor left, Tensor right) => Map.Of(ScalarFunction.Multiply, left, right);

    /// <summary>Element by element, axes meeting by name.</summary>
    public static Tensor operator /(Tensor left, Tensor right) => Map.Of(ScalarFunction.Divide, left, right);

    /// <summary>Every element with the other sign.</summary>
    public static Tensor operator -(Tensor operand) => Map.Of(ScalarFunction.Negate, operand);

    /// <summary>1 where the left is smaller, otherwise 0; also for positions along axes.</summary>
    public static Tensor operator <(Tensor left, Tensor right) => Map.Of(ScalarFunction.Less, left, right);

    /// <summary>1 where the left is larger, otherwise 0; also for positions along axes.</summary>
    public static Tensor operator >(Tensor left, Tensor right) => Map.Of(ScalarFunction.Greater, left, right);

    /// <summary>1 where the left is not larger, otherwise 0; also for positions along axes.</summary>
    public static Tensor operator <=(Tensor left, Tensor right) => Map.Of(ScalarFunction.LessOrEqual, left, right);

    /// <summary>1 where the left is not smaller, otherwise 0; also for positions along axes.</summary>
    public static Tensor operator >=(Tensor left, Tensor right) => Map.Of(ScalarFunction.GreaterOrEqual, left, right);

    /// <summary>Σ over some axes of this·other, the matrix product and its relatives; see <see cref="Contract"/>.</summary>
    public Tensor Dot(Tensor other, Shape over) => Contract.Of(this, other, over);

    /// <summary>The sum along some axes.</summary>
    public Tensor Sum(Shape over) => Reduce.Of(Reduction.Sum, this, over);

    /// <summary>The largest along some axes.</summary>
    public Tensor Max(Shape over) => Reduce.Of(Reduction.Maximum, this, over);

    /// <summary>The mean along some axes; of no elements, where an axis is bounded and has none, not a number.</summary>
    public Tensor Mean(Shape over) => over.Any(axis => axis.IsBounded) ? Sum(over) / Length.Of(over) : Sum(over) * (1.0 / over.Elements);
}

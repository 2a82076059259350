using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Expressions;

/// <summary>A sum of products over some axes: the matrix product and all its relatives.</summary>
public sealed class Contract : Tensor
{
    /// <summary>A contraction whose axes are known to fit, in the order of <paramref name="result"/>.</summary>
    internal Contract(Tensor left, Tensor right, Shape over, Shape result)
        : base(result, left, right) => Over = over;

    /// <summary>The axes summed over.</summary>
    public Shape Over { get; }

    /// <inheritdoc/>
    public override string Operation => "dot";

    /// <inheritdoc/>
    public override Formula Formula => new(new Fold(
        Reduction.Sum, new([.. Over]), ScalarFunction.Multiply.Of(OperandOf(0, Operands[0]).Here, OperandOf(1, Operands[1]).Here)));

    /// <summary>Σ over some axes of left·right. The result has the remaining axes: the left's, then the right's.</summary>
    /// <exception cref="ShapeException">An axis has two lengths, or neither operand has an axis of <paramref name="over"/>.</exception>
    public static Tensor Of(Tensor left, Tensor right, Shape over)
    {
        Infer(left, right, over);
        Infer(right, left, over);
        ShapeErrors.CheckMeet(left, right);
        ShapeErrors.CheckNumbers(left, right);
        foreach (var axis in over)
        {
            if (!left.Shape.Contains(axis))
                ShapeErrors.CheckHas(right, [axis]);
        }

        return over.Count == 0 ? left * right : new Contract(left, right, over, left.Shape.Union(right.Shape).Without(over));
    }

    /// <summary>The same with the result's axes, all that are not summed over, in a given order.</summary>
    internal static Tensor Of(Tensor left, Tensor right, Shape over, Shape order)
    {
        ShapeErrors.CheckNumbers(left, right);
        return over.Count == 0 ? View.InOrder(left * right, order) : new Contract(left, right, over, order);
    }

    /// <summary>The same with the result's axes in another order.</summary>
    internal Contract InOrder(Shape order) => new(Operands[0], Operands[1], Over, order);

    // Weights that state only their outputs have as inputs what they are summed over with.
    static void Infer(Tensor weights, Tensor other, Shape over)
    {
        if (weights is not Parameter parameter || !parameter.IsOpen(out var stated))
            return;
        ShapeErrors.CheckHas(other, over.Where(axis => stated.Find(axis.Name) is null));
        parameter.Complete([.. over.Where(other.Shape.Contains)]);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor?> OperandGradients(Tensor upstream) =>
        [GradientOf(Operands[0], upstream, Operands[1], upstream), GradientOf(Operands[1], Operands[0], upstream, upstream)];

    static Tensor? GradientOf(Tensor operand, Tensor left, Tensor right, Tensor upstream)
    {
        if (operand is Constant)
            return null;
        var reached = left.Shape.Union(right.Shape);
        var over = reached.Without(operand.Shape);
        Shape result = [.. operand.Shape.Where(reached.Contains)];
        var gradient = over.Count == 0 ? upstream * (ReferenceEquals(left, upstream) ? right : left) : new Contract(left, right, over, result);
        return gradient.BroadcastTo(operand.Shape);
    }
}

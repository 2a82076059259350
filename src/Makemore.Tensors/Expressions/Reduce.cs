using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Expressions;

/// <summary>The sum or the largest of the elements along some axes.</summary>
public sealed class Reduce : Tensor
{
    Reduce(Reduction reduction, Tensor operand, Shape over)
        : base(operand.Shape.Without(over), operand)
    {
        Reduction = reduction;
        Over = over;
    }

    /// <summary>What becomes of the elements.</summary>
    public Reduction Reduction { get; }

    /// <summary>The axes that vanish.</summary>
    public Shape Over { get; }

    /// <inheritdoc/>
    public override string Operation => Reduction == Reduction.Sum ? "sum" : "max";

    /// <inheritdoc/>
    public override Formula Formula => new(new Fold(Reduction, new([.. Over]), OperandOf(0, Operands[0]).Here));

    /// <summary>The reduction of an expression; over no axes the expression itself.</summary>
    /// <exception cref="ShapeException">The expression lacks an axis.</exception>
    public static Tensor Of(Reduction reduction, Tensor operand, Shape over)
    {
        ShapeErrors.CheckNumbers(operand);
        ShapeErrors.CheckHas(operand, over);
        return over.Count == 0 ? operand : new Reduce(reduction, operand, over);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor?> OperandGradients(Tensor upstream)
    {
        var operand = Operands[0];
        if (Reduction == Reduction.Sum)
            return [upstream.BroadcastTo(operand.Shape)];

        // Several elements may be the largest; as in PyTorch's amax they share the gradient.
        var largest = Map.Of(ScalarFunction.Equal, operand, this);
        return [largest * (upstream / largest.Sum(Over))];
    }
}

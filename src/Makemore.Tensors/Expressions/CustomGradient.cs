using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Expressions;

/// <summary>The first operand's elements, with a gradient rule that somebody wrote for the others.</summary>
public sealed class CustomGradient : Tensor
{
    readonly Func<Tensor, Tensor, IReadOnlyList<Tensor?>> gradients;

    CustomGradient(Tensor value, IReadOnlyList<Tensor> by, Func<Tensor, Tensor, IReadOnlyList<Tensor?>> gradients)
        : base(value.Shape, [value, .. by]) => this.gradients = gradients;

    /// <inheritdoc/>
    public override string Operation => "custom";

    /// <inheritdoc/>
    public override Formula Formula => new(OperandOf(0, Operands[0]).Here);

    /// <summary>A value with a gradient rule of its own; see <see cref="Functions.WithGradient"/>.</summary>
    /// <exception cref="ShapeException">The value holds positions, not numbers.</exception>
    public static Tensor Of(Tensor value, IReadOnlyList<Tensor> by, Func<Tensor, Tensor, IReadOnlyList<Tensor?>> gradients)
    {
        ShapeErrors.CheckNumbers(value);
        return new CustomGradient(value, by, gradients);
    }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">The rule gives too few gradients or too many, or one with other axes than its operand has.</exception>
    public override IReadOnlyList<Tensor?> OperandGradients(Tensor upstream)
    {
        Tensor?[] parts = [null, .. gradients(this, upstream)];
        if (parts.Length != Operands.Count)
            throw ShapeErrors.Of($"the gradient rule of '{Description}' gives {parts.Length - 1} gradients for {Operands.Count - 1} operands");
        for (var i = 1; i < parts.Length; i++)
        {
            if (parts[i] is { } part && !part.Shape.SameAxes(Operands[i].Shape))
                throw ShapeErrors.Of($"the gradient rule of '{Description}' gives {part.Shape} for '{Operands[i].Description}', which has {Operands[i].Shape}");
        }

        return parts;
    }
}

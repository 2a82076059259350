using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Expressions;

/// <summary>A scalar function of elements, its operands broadcast by name: the result has every axis that one of them has.</summary>
public sealed class Map : Tensor
{
    Map(ScalarFunction function, Shape shape, Tensor[] operands)
        : base(shape, operands) => Function = function;

    /// <summary>The function.</summary>
    public ScalarFunction Function { get; }

    /// <inheritdoc/>
    public override string Operation => Function.Name;

    /// <inheritdoc/>
    public override Formula Formula => new(Function.Of([.. Operands.Select((operand, i) => OperandOf(i, operand).Here)]));

    /// <summary>The function of these operands; of constants, the constant it gives.</summary>
    /// <exception cref="ShapeException">An axis has two lengths.</exception>
    /// <exception cref="ArgumentException">The number of operands is not the function's.</exception>
    public static Tensor Of(ScalarFunction function, params Tensor[] operands)
    {
        if (operands.Length != function.Arity)
            throw new ArgumentException($"'{function.Name}' takes {function.Arity} operands, not {operands.Length}", nameof(operands));
        ShapeErrors.CheckMeet(operands);
        if (function != ScalarFunction.Equal)
            ShapeErrors.CheckNumbers(operands);
        return Array.TrueForAll(operands, operand => operand is Constant)
            ? new Constant(function.Evaluate([.. operands.Select(operand => ((Constant)operand).Value)]))
            : WithoutNeutral(function, operands) ?? new Map(function, operands.Aggregate(Shape.Scalar, (shape, operand) => shape.Union(operand.Shape)), operands);
    }

    // Gradients begin with a constant 1 and pass it on; without this every backward program would be full of 1·x.
    static Tensor? WithoutNeutral(ScalarFunction function, Tensor[] operands) => (function.Name, operands) switch
    {
        ("multiply", [Constant { Value: 1 }, var x]) => x,
        ("multiply", [var x, Constant { Value: 1 }]) => x,
        ("multiply", [Constant { Value: -1 }, var x]) => -x,
        ("multiply", [var x, Constant { Value: -1 }]) => -x,
        ("divide", [var x, Constant { Value: 1 }]) => x,
        ("add", [Constant { Value: 0 }, var x]) => x,
        ("add", [var x, Constant { Value: 0 }]) => x,
        ("add", [var x, Map { Function.Name: "negate" } y]) => x - y.Operands[0],
        ("subtract", [var x, Constant { Value: 0 }]) => x,
        _ => null,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor?> OperandGradients(Tensor upstream) => [.. Operands.Select((operand, i) =>
        operand is not Constant && operand.Type == ElementType.Number && Function.Derivative(i) is { } derivative
            ? (upstream * AsTensor(derivative)).SumTo(operand.Shape)
            : null)];

    Tensor AsTensor(Scalar derivative) => derivative switch
    {
        Literal literal => new Constant(literal.Value),
        Argument { Number: Argument.Result } => this,
        Argument argument => Operands[argument.Number],
        Apply apply => Of(apply.Function, [.. apply.Arguments.Select(AsTensor)]),
        _ => throw new NotSupportedException($"a derivative cannot hold {derivative}"),
    };
}

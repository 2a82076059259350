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
        if (!function.IsComparison)
            ShapeErrors.CheckNumbers(operands);
        return Array.TrueForAll(operands, operand => operand is Constant)
            ? new Constant(function.Evaluate([.. operands.Select(operand => ((Constant)operand).Value)]))
            : WithoutNeutral(function, operands) ?? new Map(function, ShapeOf(function, operands), operands);
    }

    // What is chosen settles the order of the axes, not what it is chosen by.
    static Shape ShapeOf(ScalarFunction function, Tensor[] operands) =>
        (function == ScalarFunction.Where ? operands.Skip(1).Append(operands[0]) : operands).Aggregate(Shape.Scalar, (shape, operand) => shape.Union(operand.Shape));

    // Gradients begin with a constant 1 and pass it on; without this every backward program would be full of 1·x.
    // And the gradient of what was not chosen is 0 whatever comes from above, not 0·x.
    static Tensor? WithoutNeutral(ScalarFunction function, Tensor[] operands) => (function.Name, operands) switch
    {
        ("multiply", [Constant { Value: 1 }, var x]) => x,
        ("multiply", [var x, Constant { Value: 1 }]) => x,
        ("multiply", [Constant { Value: -1 }, var x]) => -x,
        ("multiply", [var x, Constant { Value: -1 }]) => -x,
        ("multiply", [var x, Map { Function.Name: "where", Operands: [var chosen, Constant { Value: 1 }, Constant { Value: 0 }] }]) => Of(ScalarFunction.Where, chosen, x, 0.0),
        ("multiply", [var x, Map { Function.Name: "where", Operands: [var chosen, Constant { Value: 0 }, Constant { Value: 1 }] }]) => Of(ScalarFunction.Where, chosen, 0.0, x),
        ("divide", [var x, Constant { Value: 1 }]) => x,
        ("add", [Constant { Value: 0 }, var x]) => x,
        ("add", [var x, Constant { Value: 0 }]) => x,
        ("add", [var x, Map { Function.Name: "negate" } y]) => x - y.Operands[0],
        ("subtract", [var x, Constant { Value: 0 }]) => x,
        _ => null,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor?> OperandGradients(Tensor upstream) => IsSquare ? [2 * upstream * Operands[0], null] : [.. Operands.Select((operand, i) =>
        operand is not Constant && operand.Type == ElementType.Number && Function.Derivative(i) is { } derivative
            ? (upstream * AsTensor(derivative)).SumTo(operand.Shape)
            : null)];

    bool IsSquare => Function == ScalarFunction.Multiply && ReferenceEquals(Operands[0], Operands[1]);

    Tensor AsTensor(Scalar derivative) => derivative switch
    {
        Literal literal => new Constant(literal.Value),
        Argument { Number: Argument.Result } => this,
        Argument argument => Operands[argument.Number],
        Apply apply => Of(apply.Function, [.. apply.Arguments.Select(AsTensor)]),
        _ => throw new NotSupportedException($"a derivative cannot hold {derivative}"),
    };
}

using System.Globalization;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Loops;

namespace Makemore.Tensors.Backends.CSharp;

/// <summary>Writes formulas as C# expressions, for one number or for the lanes of a vector.</summary>
sealed class FormulaWriter(Target target, Names names)
{
    /// <summary>A formula for one element.</summary>
    public string Scalar(Scalar formula) => formula switch
    {
        Literal literal => Number(literal.Value),
        Local local => local.Name,
        VariablePosition position => $"(float){names[position.Variable]}",
        Read { Access: var access } => access.Value.Type == ElementType.Index ? $"(float){Element(access)}" : Element(access),
        Apply apply => Apply(apply, null, [.. apply.Arguments.Select(Scalar)]),
        _ => throw new NotSupportedException(formula.GetType().Name),
    };

    /// <summary>A formula for as many elements as a vector has lanes, along one variable.</summary>
    /// <param name="formula">What to write.</param>
    /// <param name="lanes">The variable, the number of elements where they are fewer than the lanes, and the vectors that hold what does not change along it.</param>
    public string Vector(Scalar formula, Lanes lanes)
    {
        if (lanes.Constants.TryGetValue(formula, out var constant))
            return constant;
        switch (formula)
        {
            case Literal literal:
                return $"{target.Vector}.Create({Number(literal.Value)})";
            case Local local:
                return local.Name;
            case VariablePosition position when position.Variable == lanes.Variable:
                return $"({target.Vector}.Create((float){names[position.Variable]}) + {target.Vector}<float>.Indices)";
            case Read { Access: var access } when access.DependsOn(lanes.Variable):
                var address = Address(access);
                return lanes.Rest is { } rest ? $"{target.Kernels}.LoadFirst({address}, {rest})" : $"{target.Vector}.Load({address})";
            case VariablePosition or Read:
                return $"{target.Vector}.Create({Scalar(formula)})";
            case Apply { Function: var add, Arguments: [Apply { Function: var multiply, Arguments: [var x, var y] }, var z] } when add == ScalarFunction.Add && multiply == ScalarFunction.Multiply:
                return $"{target.Vector}.MultiplyAddEstimate({Vector(x, lanes)}, {Vector(y, lanes)}, {Vector(z, lanes)})";
            case Apply { Function: var subtract, Arguments: [var z, Apply { Function: var multiply, Arguments: [var x, var y] }] } when subtract == ScalarFunction.Subtract && multiply == ScalarFunction.Multiply:
                return $"{target.Vector}.MultiplyAddEstimate(-{Vector(x, lanes)}, {Vector(y, lanes)}, {Vector(z, lanes)})";
            case Apply apply:
                return Apply(apply, target, [.. apply.Arguments.Select(argument => Vector(argument, lanes))]);
            default:
                throw new NotSupportedException(formula.GetType().Name);
        }
    }

    /// <summary>An element of memory: <c>C[x[batch * 3 + block] * 10 + embed]</c>.</summary>
    public string Element(Access access) => $"{names[access.Value]}[{Offset(access)}]";

    /// <summary>The address of an element: <c>C + x[batch * 3 + block] * 10 + embed</c>.</summary>
    public string Address(Access access) => access is { Terms.Count: 0, Start: 0 } ? names[access.Value] : $"{names[access.Value]} + {Offset(access)}";

    string Offset(Access access) => access.Terms.Count == 0 ? $"{access.Start}" : string.Join(" + ", access.Terms.Select(term =>
    {
        var factor = term switch
        {
            VariableTerm along => names[along.Variable],
            LookupTerm lookup => Element(lookup.Lookup),
            _ => throw new NotSupportedException(term.GetType().Name),
        };
        return term.Stride == 1 ? factor : $"{factor} * {term.Stride}";
    })) + (access.Start == 0 ? "" : $" + {access.Start}");

    static string Apply(Apply apply, Target? vectors, object[] arguments) =>
        string.Format(CultureInfo.InvariantCulture, FunctionTable.Text(apply.Function, vectors), arguments);

    /// <summary>A number as a literal of type float.</summary>
    public static string Number(double value) => (float)value switch
    {
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        float.NaN => "float.NaN",
        var single => single.ToString("R", CultureInfo.InvariantCulture) + "f",
    };
}

/// <summary>Where a vector's lanes lie.</summary>
/// <param name="Loop">The loop whose variable they follow.</param>
/// <param name="Rest">How many elements are left where that is fewer than the lanes, otherwise null.</param>
/// <param name="Constants">Names of vectors that hold what is the same in every lane.</param>
sealed record Lanes(For Loop, int? Rest, IReadOnlyDictionary<Scalar, string> Constants)
{
    public LoopVariable Variable => Loop.Variable;
}

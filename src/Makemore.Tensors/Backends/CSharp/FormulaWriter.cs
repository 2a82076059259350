using System.Globalization;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Loops;

namespace Makemore.Tensors.Backends.CSharp;

/// <summary>Writes formulas as C# expressions, for one number or for the lanes of a vector.</summary>
sealed class FormulaWriter(Target target, Names names) : ElementWriter(names)
{
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
                return lanes.Name(Names.Of(local));
            case VariablePosition position when position.Variable == lanes.Variable && lanes.IsRow:
                return lanes.Offset == 0 ? $"{target.Vector}<float>.Indices" : $"({target.Vector}.Create({Number(lanes.Offset)}) + {target.Vector}<float>.Indices)";
            case VariablePosition position when position.Variable == lanes.Variable:
                return $"({target.Vector}.Create((float){(lanes.Offset == 0 ? Names[position.Variable] : $"({Names[position.Variable]} + {lanes.Offset})")}) + {target.Vector}<float>.Indices)";
            case Read { Access: var access } when access.DependsOn(lanes.Variable):
                var address = Address(access, lanes);
                return lanes.Rest is { } rest ? $"{target.Kernels}.LoadFirst({address}, {rest})" : $"{target.Vector}.Load({address})";
            case VariablePosition or AxisLength or Read:
                return $"{target.Vector}.Create({Scalar(formula)})";
            case Apply { Function: var add, Arguments: [var left, var right] } when add == ScalarFunction.Add && Factors(left, lanes) is var (x, y):
                return $"{target.Vector}.MultiplyAddEstimate({Bare(x, lanes)}, {Bare(y, lanes)}, {Bare(right, lanes)})";
            case Apply { Function: var add, Arguments: [var left, var right] } when add == ScalarFunction.Add && Factors(right, lanes) is var (x, y):
                return $"{target.Vector}.MultiplyAddEstimate({Bare(x, lanes)}, {Bare(y, lanes)}, {Bare(left, lanes)})";
            case Apply { Function: var subtract, Arguments: [var left, var right] } when subtract == ScalarFunction.Subtract && Factors(right, lanes) is var (x, y):
                return $"{target.Kernels}.MultiplyAddNegated({Bare(x, lanes)}, {Bare(y, lanes)}, {Bare(left, lanes)})";
            case Apply { Function: var select, Arguments: [Apply { Function.IsComparison: true, Arguments: [var x, var y] } condition, var then, var otherwise] } when select == ScalarFunction.Where && !lanes.Constants.ContainsKey(condition):
                var mask = string.Format(CultureInfo.InvariantCulture, FunctionTable.Mask(condition.Function, target), Vector(x, lanes), Vector(y, lanes));
                return $"{target.Vector}.ConditionalSelect({mask}, {Vector(then, lanes)}, {Vector(otherwise, lanes)})";
            case Apply apply:
                return Apply(FunctionTable.Text(apply.Function, target), apply.Arguments.Select(argument => Vector(argument, lanes)));
            default:
                throw new NotSupportedException(formula.GetType().Name);
        }
    }

    /// <summary>What is multiplied, where a sum around it can do that too in one instruction; null where it is no product, or there is a vector of it already.</summary>
    public static (Scalar Left, Scalar Right)? Factors(Scalar formula, Lanes lanes) =>
        formula is Apply { Function: var multiply, Arguments: [var x, var y] } product && multiply == ScalarFunction.Multiply && !lanes.Constants.ContainsKey(product) ? (x, y) : null;

    /// <summary>The head of a loop over a variable: over all its values, or from <paramref name="begin"/> to before <paramref name="end"/>, some turns at a time.</summary>
    public string Loop(LoopVariable variable, string begin = "0", string? end = null, int turns = 1) =>
        $"for (nint {Names[variable]} = {begin}; {Names[variable]} < {end ?? Names[variable.Count]}; {Names[variable]}{(turns == 1 ? "++" : $" += {turns}")})";

    /// <summary>The address of the first lane of an element that moves with the lanes.</summary>
    public string Address(Access access, Lanes lanes)
    {
        if (lanes.IsRow)
            return Address(access with { Terms = new([.. access.Terms.Where(term => term is not VariableTerm { Variable: var variable } || variable != lanes.Variable)]), Start = access.Start + lanes.Offset });
        return lanes.Offset == 0 ? Address(access) : $"{Address(access)} + {lanes.Offset}";
    }

    /// <inheritdoc/>
    protected override string Stride(Access access, Term term) => Names.Stride(access.Value, term);

    string Bare(Scalar formula, Lanes lanes) => SourceText.Bare(Vector(formula, lanes));

    /// <inheritdoc/>
    public override string Number(double value) => (float)value switch
    {
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        float.NaN => "float.NaN",
        var single => single.ToString("R", CultureInfo.InvariantCulture) + "f",
    };

    /// <inheritdoc/>
    protected override string Text(ScalarFunction function) => FunctionTable.Text(function, vectors: null);
}

/// <summary>Where a vector's lanes lie.</summary>
/// <param name="Loop">The loop whose variable they follow.</param>
/// <param name="Rest">How many elements are left where that may be fewer than the lanes: a number or a variable. Otherwise null.</param>
/// <param name="Constants">Names of vectors that hold what is the same in every lane.</param>
sealed record Lanes(For Loop, string? Rest, IReadOnlyDictionary<Scalar, string> Constants)
{
    public LoopVariable Variable => Loop.Variable;

    /// <summary>Whether the vectors of a row are written out one by one, so that there is no variable: the offset is where each lies.</summary>
    public bool IsRow { get; init; }

    /// <summary>How far the lanes lie from where the variable stands, where several vectors are computed side by side.</summary>
    public int Offset { get; init; }

    /// <summary>What a local is called that each of the vectors side by side has of its own.</summary>
    public string Name(string local) => Offset == 0 ? local : $"{local}_{Offset}";
}

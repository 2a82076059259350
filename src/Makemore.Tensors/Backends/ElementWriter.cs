using System.Globalization;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Loops;

namespace Makemore.Tensors.Backends;

/// <summary>Writes the formula of one element in a language whose expressions look like those of C.</summary>
abstract class ElementWriter(Names names)
{
    /// <summary>What values and variables are called.</summary>
    protected Names Names => names;

    /// <summary>A formula for one element.</summary>
    public virtual string Scalar(Scalar formula) => formula switch
    {
        Literal literal => Number(literal.Value),
        Local local => Names.Of(local),
        VariablePosition position => $"(float){names[position.Variable]}",
        AxisLength length => $"(float){names[length.Axis]}",
        Read { Access: var access } => access.Value.Type == ElementType.Index ? $"(float){Element(access)}" : Element(access),
        Apply apply => Apply(Text(apply.Function), apply.Arguments.Select(Scalar)),
        _ => throw new NotSupportedException(formula.GetType().Name),
    };

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
        return term.Stride == 1 ? factor : $"{factor} * {Stride(access, term)}";
    })) + (access.Start == 0 ? "" : $" + {access.Start}");

    /// <summary>A function of arguments that are written already. Operators stand in parentheses and want them around their arguments; calls have commas.</summary>
    protected static string Apply(string text, IEnumerable<string> arguments) =>
        string.Format(CultureInfo.InvariantCulture, text, [.. arguments.Select(argument => text.StartsWith('(') ? argument : SourceText.Bare(argument))]);

    /// <summary>How far apart neighbours along a term lie: a number, or what the language calls it.</summary>
    protected virtual string Stride(Access access, Term term) => $"{term.Stride}";

    /// <summary>A number as a literal of type float.</summary>
    public abstract string Number(double value);

    /// <summary>A function's text, with <c>{0}</c>, <c>{1}</c> for its arguments.</summary>
    protected abstract string Text(ScalarFunction function);
}

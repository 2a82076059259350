using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Backends.CSharp;

/// <summary>Statements and formulas with numbers in place of all names: of values, variables, locals and bounded axes. Two that are alike are then equal.</summary>
/// <param name="place">What stands for the first value of a type, for the second, …</param>
sealed class Nameless(Func<int, ElementType, Value> place)
{
    readonly Dictionary<Value, Value> values = [];
    readonly Dictionary<LoopVariable, LoopVariable> variables = new() { [ProductStep.Row] = ProductStep.Row, [ProductStep.Column] = ProductStep.Column };
    readonly Dictionary<Local, Local> locals = new() { [ProductStep.Sum] = ProductStep.Sum };
    readonly Dictionary<Axis, Axis> axes = [];

    /// <summary>The statements. What comes first has the first number.</summary>
    public ValueList<Statement> Of(ValueList<Statement> statements) => statements.Select(Of);

    /// <summary>The formula.</summary>
    public Scalar Of(Scalar formula) => formula.Rewrite(part => part switch
    {
        Read read => new Read(Of(read.Access)),
        Local local => Of(local),
        VariablePosition position => new VariablePosition(Of(position.Variable)),
        AxisLength length => new AxisLength(Of(length.Axis.Bounded!)),
        _ => null,
    });

    Statement Of(Statement statement) => statement switch
    {
        For loop => loop with { Variable = Of(loop.Variable), Body = Of(loop.Body) },
        Begin begin => begin with { Local = Of(begin.Local) },
        Accumulate accumulate => accumulate with { Local = Of(accumulate.Local), Body = Of(accumulate.Body) },
        Let let => let with { Local = Of(let.Local), Of = Of(let.Of), Body = Of(let.Body) },
        Store store => store with { Target = Of(store.Target), Body = Of(store.Body) },
        Fill fill => fill with { Target = Of(fill.Target) },
        _ => throw new NotSupportedException(statement.GetType().Name),
    };

    Access Of(Access access) => access with
    {
        Value = Of(access.Value),
        Terms = access.Terms.Select(term => term switch
        {
            VariableTerm along => along with { Variable = Of(along.Variable) },
            LookupTerm lookup => lookup with { Lookup = Of(lookup.Lookup) },
            _ => term,
        }),
    };

    Value Of(Value value) => Numbered(values, value, number => place(number, value.Type));

    LoopVariable Of(LoopVariable variable) =>
        Numbered(variables, variable, number => new LoopVariable($"{number}", variable.Length) { Bounded = variable.Bounded is { } axis ? Of(axis) : null });

    Local Of(Local local) => Numbered(locals, local, number => new Local($"{number}") { Along = local.Along is { } along ? Of(along) : null });

    Axis Of(Axis axis) => Numbered(axes, axis, number => Axis.UpTo($"axis{number}", axis.Length));

    static T Numbered<T>(Dictionary<T, T> known, T item, Func<int, T> create)
        where T : notnull
    {
        if (!known.TryGetValue(item, out var nameless))
            known[item] = nameless = create(known.Count);
        return nameless;
    }
}

using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>Makes one loop of two over the same variable, and of those inside them, as deep as no turn needs what another turn makes.</summary>
sealed class LoopJoining(Layouts layouts)
{
    /// <summary>The first loop's turns with the second's behind them; null where they must stay apart.</summary>
    public For? Join(For first, For second) => Joined(first, second with { Body = new([.. Distinct(second.Body, first.Body)]) });

    For? Joined(For first, For second)
    {
        if (first.Variable != second.Variable)
            return null;
        if (first.Lanes != second.Lanes)
        {
            if (!HasCheapStoresOnly(first.Lanes ? first : second))
                return null;
            (first, second) = (first with { Lanes = false }, second with { Lanes = false });
        }

        if (!TurnsStayApart(first, second))
            return null;
        var (body, begun) = (first.Body.ToList(), new List<Statement>());
        foreach (var statement in second.Body)
        {
            if (statement is Begin)
            {
                begun.Add(statement);
                continue;
            }

            Append(body, begun, statement);
            begun.Clear();
        }

        return first with { Body = new([.. body]) };
    }

    // A loop goes to the last one before it that it can join, and the locals that it needs begin there.
    void Append(List<Statement> body, List<Statement> begun, Statement next)
    {
        for (var i = body.Count - 1; i >= 0 && next is For loop; i--)
        {
            if (body[i] is For before && Joined(before, loop) is { } joined)
            {
                body[i] = joined;
                body.InsertRange(i, begun);
                return;
            }

            if (body[i].Stored.Intersect(Touched(loop)).Any() || loop.Stored.Intersect(Touched(body[i])).Any())
                break;
        }

        body.AddRange([.. begun, next]);
    }

    // Whatever passes between the two loops, it must be at the place of the same turn.
    bool TurnsStayApart(For first, For second)
    {
        var shared = first.Stored.Intersect(Touched(second)).Concat(second.Stored.Intersect(Touched(first))).ToHashSet();
        return first.AllAccesses.Concat(second.AllAccesses).Where(access => shared.Contains(access.Value)).All(access => IsAtTurn(access, first.Variable));
    }

    // Whether the access stays at the place of the turn along the axis that the variable runs along.
    bool IsAtTurn(Access access, LoopVariable variable)
    {
        var layout = layouts[access.Value];
        var axis = access.Value.Shape.Select(LoopVariable.Along).ToList().IndexOf(variable);
        if (axis < 0)
            return false;
        var (stride, next) = (layout.Strides[axis], axis == 0 ? layout.Elements : layout.Strides[axis - 1]);
        return access.Stride(variable) == stride && access.Start % next < stride
            && access.Terms.All(term => term is VariableTerm { Variable: var along } && along == variable || term.Stride % next < stride);
    }

    // Rows that are at hand are worth what it costs to go through them number by number.
    static bool HasCheapStoresOnly(For loop) =>
        loop.Body.All(statement => statement is Store { Adds: false } store && store.Body.All.OfType<Apply>().All(apply => FunctionCost.IsCheapAlone(apply.Function)));

    /// <summary>A body whose locals do not meet those of another. A variable may be named that there is now a number for every value of.</summary>
    public static ValueList<Statement> Distinct(ValueList<Statement> body, ValueList<Statement> before, LoopVariable? along = null)
    {
        var taken = before.SelectMany(statement => statement.All).OfType<Begin>().Select(begin => Kind(begin.Local)).ToList();
        var locals = new Dictionary<Local, Local>();
        foreach (var local in body.SelectMany(statement => statement.All).OfType<Begin>().Select(begin => begin.Local))
        {
            var number = taken.Count(kind => kind == Kind(local)) + 1;
            locals[local] = new Local(number == 1 ? Kind(local) : $"{Kind(local)}{number}") { Along = along ?? local.Along };
            taken.Add(Kind(local));
        }

        return locals.Count == 0 ? body : body.Select(statement => Renamed(statement, locals));
    }

    static string Kind(Local local) => local.Name.TrimEnd([.. "0123456789"]);

    /// <summary>A statement with other locals in place of some; those that begin in it must be among them.</summary>
    public static Statement Renamed(Statement statement, IReadOnlyDictionary<Local, Local> locals)
    {
        Scalar In(Scalar formula) => formula.Rewrite(part => part is Local local ? locals.GetValueOrDefault(local, local) : null);
        return statement switch
        {
            For loop => loop with { Body = loop.Body.Select(inside => Renamed(inside, locals)) },
            Begin begin => begin with { Local = locals[begin.Local] },
            Accumulate accumulate => accumulate with { Local = locals.GetValueOrDefault(accumulate.Local, accumulate.Local), Body = In(accumulate.Body) },
            Let let => let with { Local = locals.GetValueOrDefault(let.Local, let.Local), Body = In(let.Body) },
            Store store => store with { Body = In(store.Body) },
            _ => statement,
        };
    }

    static IEnumerable<Value> Touched(Statement statement) => statement.AllAccesses.Select(access => access.Value);
}

using Makemore.Tensors.Formulas;
using Makemore.Tensors.Loops;

namespace Makemore.Tensors.Backends.CSharp;

/// <summary>
/// Two turns of a loop over short rows, statement by statement. What a row needs next waits for the sum over its lanes, the sum for the row; with
/// two rows the processor has something to do meanwhile.
/// </summary>
static class RowPairs
{
    // What two rows keep has to fit the registers: 32 of them with sixteen lanes, else often 16.
    const int MostKept = 12;
    const int MostKeptOfNarrow = 4;

    /// <summary>The statements of a turn and the next; null where one at a time is as good, or where one turn may need what another makes.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="target">The vectors it is written for.</param>
    /// <param name="names">Where the second turn's locals find names.</param>
    public static IReadOnlyList<Statement>? Of(For loop, Target target, Names names)
    {
        if (loop.Lanes || loop.Variable.Bounded is not null || loop.Variable.Length % 2 != 0 || !loop.Body.Any(statement => statement is Begin) || !AreRows(loop.Body, target))
            return null;
        var formulas = loop.All.SelectMany(statement => statement.Value?.All ?? []);
        if (formulas.OfType<VariablePosition>().Any(position => position.Variable == loop.Variable) || !StaysInTurns(loop))
            return null;
        var locals = loop.All.Select(statement => statement.Begun).OfType<Local>().ToDictionary(local => local, names.Next);
        return InPairs(loop.Body, statement => LoopJoining.Renamed(statement, locals).WithAccesses(access => access.Shifted(loop.Variable, 1)));
    }

    static bool StaysInTurns(For loop)
    {
        var stored = loop.Stored.ToHashSet();
        return loop.All.SelectMany(statement => statement.Accesses).Where(access => stored.Contains(access.Value)).All(access => access.StaysInTurn(loop.Variable));
    }

    static ValueList<Statement> InPairs(ValueList<Statement> body, Func<Statement, Statement> next) =>
        new([.. body.SelectMany(statement => statement is For row ? [row with { Body = InPairs(row.Body, next) }] : (Statement[])[statement, next(statement)])]);

    static bool AreRows(ValueList<Statement> body, Target target)
    {
        var kept = body.OfType<For>().SelectMany(row => row.Body.OfType<Let>().Where(let => let.Local.Along is not null)).Sum(let => (let.Local.Along!.Length + target.Lanes - 1) / target.Lanes);
        return kept > 0 && kept <= (target.Lanes < 16 ? MostKeptOfNarrow : MostKept)
            && body.All(statement => statement is not (For or Fill) || (statement is For row && RowRegisters.IsShortRow(row)));
    }
}

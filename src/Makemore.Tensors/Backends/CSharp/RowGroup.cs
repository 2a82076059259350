using Makemore.Tensors.Formulas;
using Makemore.Tensors.Loops;

namespace Makemore.Tensors.Backends.CSharp;

/// <summary>
/// Some turns of a loop over short rows, statement by statement. What a row needs next waits for the sum over its lanes, the sum for the row; with
/// several rows the processor has something to do meanwhile, however few instructions ahead it looks.
/// </summary>
/// <param name="Turns">How many.</param>
/// <param name="Statements">The statements of all of them.</param>
sealed record RowGroup(int Turns, IReadOnlyList<Statement> Statements)
{
    const int Most = 4;

    // Vectors that the rows of a group may keep together. Sums down the columns grow beside them; and what does not fit the registers would go to the
    // stack, where vectors lie across lines of the cache.
    const int MostKept = 24;
    const int MostKeptOfNarrow = 8;

    /// <summary>The group; null where one row at a time is as good, or where one turn may need what another makes.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="target">The vectors it is written for.</param>
    /// <param name="names">Where the locals of the turns after the first find names.</param>
    public static RowGroup? Of(For loop, Target target, Names names)
    {
        if (loop.Lanes || !loop.Body.Any(statement => statement is Begin) || !AreRows(loop.Body) || loop.Variable.Length == 1)
            return null;
        var formulas = loop.All.SelectMany(statement => statement.Value?.All ?? []);
        if (formulas.OfType<VariablePosition>().Any(position => position.Variable == loop.Variable) || !StaysInTurns(loop))
            return null;
        var turns = TurnsOf(loop, target);
        if (turns < Most && target.HasManyRegisters && Rematerialization.Of(loop, names) is var leaner && TurnsOf(leaner, target) is var more && more > turns)
            (loop, turns) = (leaner, more);
        if (turns <= 1)
            return null;
        var begun = loop.All.Select(statement => statement.Begun).OfType<Local>().ToList();
        var others = Enumerable.Range(1, turns - 1).Select(turn => (Turn: turn, Locals: begun.ToDictionary(local => local, local => names.Next(local, turn)))).ToList();
        return new(turns, [.. loop.Body.SelectMany(Turns)]);

        IEnumerable<Statement> Turns(Statement statement)
        {
            IEnumerable<Statement> all = [statement, .. others.Select(other => LoopJoining.Renamed(statement, other.Locals).WithAccesses(access => access.Shifted(loop.Variable, other.Turn)))];
            return statement is For row ? [row with { Body = new([.. all.Cast<For>().SelectMany(turn => turn.Body)]) }] : all;
        }
    }

    static bool StaysInTurns(For loop)
    {
        var stored = loop.Stored.ToHashSet();
        return loop.AllAccesses.Where(access => stored.Contains(access.Value)).All(access => access.StaysInTurn(loop.Variable));
    }

    static bool AreRows(ValueList<Statement> body) =>
        body.All(statement => statement is not (For or Fill) || (statement is For row && RowRegisters.IsShortRow(row)));

    // Four rows, or two, as many as the loop has and the registers hold.
    static int TurnsOf(For loop, Target target)
    {
        var rows = loop.Body.OfType<For>().ToList();
        var made = rows.SelectMany(row => row.Body.OfType<Let>().Where(let => let.Local.Along is not null).Select(let => (Row: row, let.Local))).ToList();
        var kept = made.Where(one => rows.Exists(row => row != one.Row && row.All.Any(statement => statement.Value?.All.Contains(one.Local) ?? false)))
            .Sum(one => (one.Local.Along!.Length + target.Lanes - 1) / target.Lanes);
        var turns = Most;
        while (turns > loop.Variable.Length || turns * kept > (target.HasManyRegisters ? MostKept : MostKeptOfNarrow))
            turns /= 2;
        return turns;
    }
}

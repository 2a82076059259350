using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>
/// Joins nests that run over the same rows into one loop, so that a row is finished while it is in cache; and those that run over the
/// same lanes, so that a vector is finished while it is in a register.
/// </summary>
sealed class RowFusion(Layouts layouts)
{
    /// <summary>The steps with nests joined wherever no row needs another row's results: neighbours by rows, by lanes also across steps that do not mind.</summary>
    public IReadOnlyList<Step> Fuse(IReadOnlyList<Step> steps)
    {
        var fused = new List<Step>();
        foreach (var step in steps)
        {
            if (step is not NestStep next || !TryJoin(fused, next))
                fused.Add(step);
        }

        return fused;
    }

    bool TryJoin(List<Step> fused, NestStep next)
    {
        for (var i = fused.Count - 1; i >= 0; i--)
        {
            if (fused[i] is NestStep group && Join(group, next) is { } joined)
            {
                fused[i] = joined;
                return true;
            }

            if (next.Statements is not [For { Lanes: true }] || next.Values.Intersect(fused[i].Written).Any() || next.Written.Intersect(fused[i].Values).Any())
                return false;
        }

        return false;
    }

    NestStep? Join(NestStep group, NestStep next)
    {
        if (group.Statements is not [For rows] || next.Statements is not [For more] || rows.Variable != more.Variable || rows.Lanes != more.Lanes)
            return null;
        if (!Accesses(next).Select(access => access.Value).Intersect(group.Written).Any())
            return null;
        var written = group.Written.Union(next.Written).ToHashSet();
        var own = Accesses(group).Concat(Accesses(next)).Where(access => written.Contains(access.Value));
        var rowsStay = own.All(access => access.Stride(rows.Variable) is { } stride && stride == RowStride(access.Value, rows.Variable));
        return rowsStay
            ? new NestStep(new([.. group.Assignments, .. next.Assignments]), [rows with { Body = new([.. rows.Body, .. Distinct(more.Body, rows.Body)]) }])
            : null;
    }

    // Within one row's body the locals of one line must not meet those of another.
    static IEnumerable<Statement> Distinct(ValueList<Statement> body, ValueList<Statement> before)
    {
        var taken = before.SelectMany(statement => statement.All).OfType<Begin>().Count();
        var locals = body.SelectMany(statement => statement.All).OfType<Begin>()
            .Select((begin, i) => (Old: begin.Local, New: new Local($"{begin.Local.Name.TrimEnd([.. "0123456789"])}{i + taken + 1}")))
            .ToDictionary(pair => pair.Old, pair => pair.New);
        return body.Select(statement => Renamed(statement, locals));
    }

    static Statement Renamed(Statement statement, Dictionary<Local, Local> locals)
    {
        Scalar In(Scalar formula) => formula.Rewrite(part => part is Local local ? locals[local] : null);
        return statement switch
        {
            For loop => loop with { Body = loop.Body.Select(inside => Renamed(inside, locals)) },
            Begin begin => begin with { Local = locals[begin.Local] },
            Accumulate accumulate => accumulate with { Local = locals[accumulate.Local], Body = In(accumulate.Body) },
            Store store => store with { Body = In(store.Body) },
            _ => statement,
        };
    }

    static IEnumerable<Access> Accesses(NestStep step) => step.Reads.Concat(step.Statements.SelectMany(statement => statement.All).OfType<Store>().Select(store => store.Target));

    int? RowStride(Value value, LoopVariable rows)
    {
        var axis = value.Shape.FirstOrDefault(axis => LoopVariable.Along(axis) == rows);
        return axis is null ? null : layouts[value].Strides[value.Shape.IndexOf(axis)];
    }
}

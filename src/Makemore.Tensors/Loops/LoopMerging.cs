using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Loops;

/// <summary>
/// Makes one loop of two where one holds nothing but the other and every access walks through both as through one; and lets
/// lanes run on into padding where every row they touch has some, so that no vector is partly filled.
/// </summary>
sealed class LoopMerging(Layouts layouts)
{
    /// <summary>The statements with every such pair merged, innermost first.</summary>
    public ValueList<Statement> Merge(ValueList<Statement> statements) => statements.Select(Merge);

    Statement Merge(Statement statement)
    {
        if (statement is not For loop)
            return statement;
        loop = loop with { Body = Merge(loop.Body) };
        if (loop.Lanes)
            return loop with { IntoPadding = RunsIntoPadding(loop) };
        return loop.Body is [For inner] && MergedLength(loop, inner) is { } length ? Merged(loop, inner, length) : loop;
    }

    static For Merged(For loop, For inner, int length)
    {
        var merged = new LoopVariable($"{loop.Variable.Name}_{inner.Variable.Name}", length, IsMerged: true) { Bounded = loop.Variable.Bounded };
        return new For(merged, inner.Lanes, inner.Body.Select(inside => inside.WithAccesses(access => access.Merge(loop.Variable, inner.Variable, merged)))) { IntoPadding = inner.IntoPadding };
    }

    // How many steps the merged loop has, counting padding between the rows; null where some access, or a row of sums, does not walk through both.
    int? MergedLength(For loop, For inner)
    {
        if (inner.Variable.Bounded is not null || inner.Body.Any(statement => statement is Accumulate { Local.Along: { } along } && along == inner.Variable))
            return null;
        var layout = Accesses(inner).Where(access => access.DependsOn(inner.Variable)).Select(access => layouts[access.Value]).FirstOrDefault();
        var row = inner.IntoPadding && layout?.RowElements == inner.Variable.Length ? layout.Row : inner.Variable.Length;
        bool Walks(Access access) => access.Stride(loop.Variable) is { } stride && access.Stride(inner.Variable) is { } step && stride == step * row;
        return Accesses(inner).All(Walks) && !Formulas(inner).OfType<VariablePosition>().Any(position => position.Variable == loop.Variable || position.Variable == inner.Variable)
            ? checked(loop.Variable.Length * row)
            : null;
    }

    // Every access that moves with the lanes must walk along a whole padded row, and no lane's result may reach another. Lanes beyond a run's
    // length may be stored only where nothing else lies: along an axis of that length.
    bool RunsIntoPadding(For loop) =>
        loop.All.OfType<Accumulate>().All(accumulate => accumulate.Local.Along == loop.Variable || loop.All.OfType<Begin>().Any(begin => begin.Local == accumulate.Local))
        && (loop.Variable.Bounded is null || loop.All.OfType<Store>().All(store => store.Target.Value.Shape[^1].Bounded == loop.Variable.Bounded))
        && Accesses(loop).Where(access => access.DependsOn(loop.Variable)).All(access => layouts[access.Value] is { IsPadded: true } layout && layout.RowElements == loop.Variable.Length);

    static IEnumerable<Scalar> Formulas(For loop) => loop.All.SelectMany(statement => statement.Value?.All ?? []);

    static IEnumerable<Access> Accesses(For loop) => Formulas(loop).OfType<Read>().Select(read => read.Access).Concat(loop.All.OfType<Store>().Select(store => store.Target));
}

using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Loops;

/// <summary>Makes one loop of two where one holds nothing but the other and every access walks through both as through one.</summary>
static class LoopMerging
{
    /// <summary>The statements with every such pair merged, innermost first.</summary>
    public static ValueList<Statement> Merge(ValueList<Statement> statements) => statements.Select(Merge);

    static Statement Merge(Statement statement)
    {
        if (statement is not For loop)
            return statement;
        var body = Merge(loop.Body);
        if (loop.Lanes || body is not [For inner] || !CanMerge(loop.Variable, inner))
            return loop with { Body = body };
        var merged = new LoopVariable($"{loop.Variable.Name}_{inner.Variable.Name}", loop.Variable.Length * inner.Variable.Length);
        return new For(merged, inner.Lanes, inner.Body.Select(inside => inside.WithAccesses(access => access.Merge(loop.Variable, inner.Variable, merged))));
    }

    static bool CanMerge(LoopVariable outer, For inner)
    {
        bool Walks(Access access) => access.Stride(outer) is { } stride && access.Stride(inner.Variable) is { } step && stride == step * inner.Variable.Length;
        return inner.All.All(statement =>
            (statement is not Store store || Walks(store.Target))
            && (statement.Value?.All ?? []).All(part => part switch
            {
                Read read => Walks(read.Access),
                VariablePosition position => position.Variable != outer && position.Variable != inner.Variable,
                _ => true,
            }));
    }
}

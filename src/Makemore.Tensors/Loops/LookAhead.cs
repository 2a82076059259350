namespace Makemore.Tensors.Loops;

/// <summary>
/// Rows that a batch picks from a large table come from far memory. They are asked for before anything else is done; while they
/// are on their way, what needs only the parameters is done: the transposed copies.
/// </summary>
sealed class LookAhead(Layouts layouts)
{
    // What is smaller stays in the caches from step to step.
    const int LargeTable = 64 * 1024;

    // More would push each other out of the first-level cache.
    const int MostLines = 256;

    /// <summary>The steps with those rows asked for first.</summary>
    public IReadOnlyList<Step> Arrange(IReadOnlyList<Step> steps)
    {
        var prefetches = steps.OfType<NestStep>().SelectMany(Prefetches).DistinctBy(prefetch => prefetch.Target).ToList();
        if (prefetches.Count == 0)
            return steps;
        return [.. prefetches, .. steps.Where(CopiesLeaf), .. steps.Where(step => !CopiesLeaf(step))];
    }

    static bool CopiesLeaf(Step step) => step is TransposeStep { Source.Value.Leaf: not null };

    IEnumerable<PrefetchStep> Prefetches(NestStep nest) =>
        from access in nest.Reads
        where access.Value.Leaf is not null && layouts[access.Value].Elements * sizeof(float) > LargeTable
        let row = access with { Terms = new([.. access.Terms.OfType<LookupTerm>()]) }
        where row.Terms.Count == 1
        let index = ((LookupTerm)row.Terms[0]).Lookup
        where index.Value.Leaf is not null && index.Terms.All(term => term is VariableTerm)
        let over = index.Terms.Cast<VariableTerm>().Select(term => term.Variable).ToList()
        where over.Aggregate(1, (lines, variable) => lines * variable.Length) <= MostLines
        select new PrefetchStep(row, new([.. over]));
}

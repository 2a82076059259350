namespace Makemore.Tensors.Loops;

/// <summary>
/// Takes sums down the columns of short rows into the loop that has just made the rows. They grow in registers while the rows pass, and what
/// nobody else would have read needs no place in memory.
/// </summary>
static class ColumnSums
{
    // Two sums of four of the widest vectors leave enough registers for the row itself.
    const int MostSums = 2;

    /// <summary>The steps with such sums joined. No several threads can share the loops then: each sum goes through all rows.</summary>
    public static IReadOnlyList<Step> Join(IReadOnlyList<Step> steps)
    {
        var joined = new List<Touched>();
        foreach (var step in steps.Select(step => new Touched(step)))
        {
            if (step.Step is not NestStep { Statements: [For columns] } sums || !AreSums(columns) || !TryJoin(joined, step, sums, columns))
                joined.Add(step);
        }

        return [.. joined.Select(touched => touched.Step)];
    }

    // A few sums begin, grow in a loop over the rows, and are stored.
    static bool AreSums(For columns)
    {
        var sums = columns.Body.TakeWhile(statement => statement is Begin).Count();
        return columns.Lanes && RowRegisters.IsShortRow(columns.Variable) && sums is > 0 and <= MostSums
            && columns.Body.Count > sums && columns.Body[sums] is For && columns.Body.Skip(sums + 1).All(statement => statement is Store);
    }

    static bool TryJoin(List<Touched> steps, Touched step, NestStep sums, For columns)
    {
        for (var i = steps.Count - 1; i >= 0; i--)
        {
            if (steps[i].Step is NestStep rows && !step.Written.Overlaps(steps[i].Values) && Joined(rows, sums, columns) is { } both)
            {
                steps[i] = new Touched(both);
                return true;
            }

            if (step.MustFollow(steps[i]))
                return false;
        }

        return false;
    }

    static NestStep? Joined(NestStep rows, NestStep sums, For columns)
    {
        if (rows.Statements is not [For over])
            return null;
        var body = LoopJoining.Distinct(columns.Body, rows.Statements, columns.Variable);
        return WithSums(over, body.OfType<For>().Single(), columns) is not { } passing ? null : new NestStep(
            new([.. rows.Assignments, .. sums.Assignments]),
            new([columns with { Body = new([.. body.OfType<Begin>()]) }, passing, columns with { Body = new([.. body.OfType<Store>()]) }]));
    }

    // The rows with the sums' additions at the end of each, where a vector of the row has just been made.
    static For? WithSums(For rows, For down, For columns)
    {
        if (rows.Variable != down.Variable || rows.Lanes)
            return null;
        if (down.Body is [For deeper])
            return rows.Body is [For inner] && WithSums(inner, deeper, columns) is { } joined ? rows with { Body = new([joined]) } : null;
        if (!down.Body.All(statement => statement is Accumulate) || !AreAtHand(rows, down, columns))
            return null;
        return rows with
        {
            Body = new(rows.Body[^1] is For { Lanes: true } last && last.Variable == columns.Variable
                ? [.. rows.Body.SkipLast(1), last with { Body = new([.. last.Body, .. down.Body]) }]
                : [.. rows.Body, columns with { Body = down.Body }]),
        };
    }

    // Whether everything that the rows make and the sums read is at the place where the row stands, and whole: what is added to may be so by other
    // turns too. And something is there, or is read by both.
    static bool AreAtHand(For rows, For down, For columns)
    {
        var along = rows.Body.OfType<For>().Where(loop => loop.Lanes && loop.Variable == columns.Variable).ToList();
        var places = along.SelectMany(loop => loop.AllAccesses).ToHashSet();
        var stores = rows.All.OfType<Store>().ToLookup(store => store.Target.Value);
        var reads = down.AllReads.ToList();
        return reads.Exists(places.Contains) && reads.TrueForAll(read => stores[read.Value].All(store => !store.Adds && store.Target.IsSamePlace(read) && places.Contains(store.Target)));
    }
}

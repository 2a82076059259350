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
        var joined = new List<Step>();
        foreach (var step in steps)
        {
            if (step is not NestStep sums || !TryJoin(joined, sums))
                joined.Add(step);
        }

        return joined;
    }

    static bool TryJoin(List<Step> steps, NestStep sums)
    {
        for (var i = steps.Count - 1; i >= 0; i--)
        {
            if (steps[i] is NestStep rows && Joined(rows, sums) is { } both)
            {
                steps[i] = both;
                return true;
            }

            if (steps[i].Written.Intersect(sums.Values).Any() || steps[i].Values.Intersect(sums.Written).Any())
                return false;
        }

        return false;
    }

    static NestStep? Joined(NestStep rows, NestStep sums)
    {
        if (rows.Statements is not [For over] || sums.Statements is not [For { Body: var apart } columns] || !RowRegisters.IsShortRow(columns.Variable) || rows.Values.Intersect(sums.Written).Any())
            return null;
        var body = LoopJoining.Distinct(apart, rows.Statements, columns.Variable);
        var (begins, stores) = (body.TakeWhile(statement => statement is Begin).ToList(), body.AsEnumerable().Reverse().TakeWhile(statement => statement is Store).Reverse().ToList());
        if (!columns.Lanes || begins.Count is 0 or > MostSums || body.Count != begins.Count + 1 + stores.Count || body[begins.Count] is not For down || WithSums(over, down, columns) is not { } passing)
            return null;
        return new NestStep(
            new([.. rows.Assignments, .. sums.Assignments]),
            new([columns with { Body = new([.. begins]) }, passing, columns with { Body = new([.. stores]) }]));
    }

    // The rows with the sums' additions at the end of each.
    static For? WithSums(For rows, For down, For columns)
    {
        if (rows.Variable != down.Variable || rows.Lanes)
            return null;
        if (down.Body is [For deeper])
            return rows.Body is [For inner] && WithSums(inner, deeper, columns) is { } joined ? rows with { Body = new([joined]) } : null;
        return down.Body.All(statement => statement is Accumulate) && AreAtHand(rows, down, columns)
            ? rows with { Body = new([.. rows.Body, columns with { Body = down.Body }]) }
            : null;
    }

    // Whether everything that the rows make and the sums read is at the place where the row stands; and something is, or is read by both.
    static bool AreAtHand(For rows, For down, For columns)
    {
        var along = rows.Body.OfType<For>().Where(loop => loop.Lanes && loop.Variable == columns.Variable).ToList();
        var places = along.SelectMany(loop => loop.All).SelectMany(statement => statement.Accesses).ToHashSet();
        var stores = rows.All.OfType<Store>().ToLookup(store => store.Target.Value, store => store.Target);
        var reads = down.All.SelectMany(statement => statement.Reads).ToList();
        return reads.Exists(places.Contains) && reads.TrueForAll(read => stores[read.Value].All(target => target.IsSamePlace(read) && places.Contains(target)));
    }
}

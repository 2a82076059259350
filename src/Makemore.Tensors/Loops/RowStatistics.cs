using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>
/// Makes the numbers that rows need of themselves, a mean and a deviation, for all rows before anything else. A row that waits for one sum after
/// another leaves the processor nothing to do; of rows that wait twice it works on several at once, of those that wait longer it sees too few.
/// </summary>
static class RowStatistics
{
    // Sums over a row that wait for each other: of the numbers, and of their squares without the mean.
    const int MostWaits = 2;

    /// <summary>The steps with such loops cut in two.</summary>
    /// <param name="steps">The steps, nests joined.</param>
    /// <param name="isTemporary">Whether a value is nobody's but the program's.</param>
    public static IReadOnlyList<Step> MakeFirst(IReadOnlyList<Step> steps, Func<Value, bool> isTemporary)
    {
        var alone = Touched.ByOne(steps);
        bool IsOwn(Value value) => isTemporary(value) && alone.Contains(value);
        IEnumerable<Statement> Apart(Statement statement) => statement is For { Lanes: false } loop && Cut(loop, IsOwn) is var (first, second) ? [first, second] : [statement];
        return [.. steps.Select(step => step is NestStep nest ? nest with { Statements = new([.. nest.Statements.SelectMany(Apart)]) } : step)];
    }

    static (For First, For Second)? Cut(For loop, Func<Value, bool> isOwn)
    {
        if (loop.Body is [For { Lanes: false } inner])
            return Cut(inner, isOwn) is var (first, second) ? (loop with { Body = new([first]) }, loop with { Body = new([second]) }) : null;
        if (loop.All.Any(statement => statement is Fill or Store { Adds: true }) || !loop.Body.All(statement => statement is not For row || RowRegisters.IsShortRow(row)))
            return null;
        var waits = new Waits(loop);
        var cut = waits.Before.FindIndex(sums => sums >= MostWaits);
        if (cut < 0 || waits.Most <= MostWaits)
            return null;
        while (loop.Body[cut - 1] is Begin)
            cut--;
        var (before, behind) = (loop.Body.Take(cut).ToList(), loop.Body.Skip(cut).ToList());
        return Again(before, behind, isOwn) is { } complete ? (loop with { Body = new([.. before]) }, loop with { Body = new([.. complete]) }) : null;
    }

    // What is behind the cut, with the rows from before it that it reads: made again, unless they are kept in memory for others anyway.
    static List<Statement>? Again(List<Statement> before, List<Statement> behind, Func<Value, bool> isOwn)
    {
        var begun = before.Select(statement => statement.Begun).OfType<Local>().ToHashSet();
        if (behind.SelectMany(statement => statement.All).Any(statement => statement.Value?.All.OfType<Local>().Any(begun.Contains) ?? false))
            return null;
        var made = before.OfType<For>().SelectMany(row => row.Body.OfType<Store>().Select(store => (Row: row, Store: store))).Where(row => isOwn(row.Store.Target.Value)).ToList();
        var needed = behind.SelectMany(statement => statement.AllReads).Select(read => read.Value).ToHashSet();
        foreach (var (_, store) in made.AsEnumerable().Reverse().Where(row => needed.Contains(row.Store.Target.Value)))
        {
            if (store.Body.All.OfType<Apply>().ToList() is not [var only] || !FunctionCost.IsQuick(only.Function))
                return null;
            needed.UnionWith(store.Reads.Select(read => read.Value));
        }

        var rows = made.Where(row => needed.Contains(row.Store.Target.Value)).ToList();
        var first = behind.FindIndex(statement => statement is For);
        var reader = (For)behind[first];
        if (rows.Exists(row => row.Row.Variable != reader.Variable))
            return null;
        behind[first] = reader with { Body = new([.. rows.Select(row => row.Store), .. reader.Body]) };
        return behind;
    }

    // How many sums over the row, each waiting for the one before, are behind every number.
    sealed class Waits
    {
        readonly Dictionary<Value, int> values = [];
        readonly Dictionary<Local, int> locals = [];

        public Waits(For loop)
        {
            foreach (var statement in loop.Body)
            {
                // Before it is known what the statement itself stores: it may store what it has read.
                Before.Add(statement is For row ? row.Body.Max(inside => inside.Value is { } formula ? Behind(formula) : 0) : 0);
                foreach (var inside in statement.All)
                    Note(inside);
            }
        }

        /// <summary>Those that each statement of the loop, where it is a loop over the row, has to wait for.</summary>
        public List<int> Before { get; } = [];

        public int Most => locals.Values.DefaultIfEmpty().Max();

        void Note(Statement statement)
        {
            switch (statement)
            {
                case Store store:
                    values[store.Target.Value] = Behind(store.Body);
                    break;
                case Accumulate { Local.Along: null } accumulate:
                    locals[accumulate.Local] = Math.Max(locals.GetValueOrDefault(accumulate.Local), Behind(accumulate.Body) + 1);
                    break;
            }
        }

        int Behind(Scalar formula) => formula.All.Max(part => part switch
        {
            Read read => values.GetValueOrDefault(read.Access.Value),
            Local local => locals.GetValueOrDefault(local),
            _ => 0,
        });
    }
}

using System.Collections.Immutable;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>
/// Keeps what a loop makes and reads again in registers: a number, a vector within its turn, or a short row from one loop to the next.
/// What nobody reads from memory any more is not stored.
/// </summary>
sealed class RowRegisters
{
    // Four of the widest vectors. Longer rows would not fit the registers.
    const int LongestRow = 64;

    readonly Func<Value, bool> isStored;
    readonly HashSet<string> taken;

    // Those of the loop that is gone through.
    readonly List<(Access Place, Local Local)> rows = [];

    RowRegisters(NestStep nest, Func<Value, bool> isStored) => (this.isStored, taken) = (isStored, [.. nest.All.OfType<Begin>().Select(begin => begin.Local.Name)]);

    /// <summary>The steps without the stores and reads that this saves.</summary>
    /// <param name="steps">The steps, nests joined.</param>
    /// <param name="isTemporary">Whether a value is nobody's but the program's.</param>
    public static IReadOnlyList<Step> Keep(IReadOnlyList<Step> steps, Func<Value, bool> isTemporary)
    {
        var read = steps.SelectMany(step => (step is NestStep nest ? new RowRegisters(nest, _ => true).Kept(nest) : step).AllRead).ToHashSet();
        bool IsStored(Value value) => !isTemporary(value) || read.Contains(value);
        return [.. steps.Select(step => step is NestStep nest ? new RowRegisters(nest, IsStored).Kept(nest) : step)];
    }

    NestStep Kept(NestStep nest) => nest with { Statements = new([.. Kept([.. nest.Statements], Places.None, _ => false)]) };

    // The statements of one body. What a loop makes may be wanted by loops behind it.
    List<Statement> Kept(IReadOnlyList<Statement> body, Places known, Func<Access, bool> isWantedLater, LoopVariable? lanes = null)
    {
        var kept = new List<Statement>();
        for (var i = 0; i < body.Count; i++)
        {
            var behind = body.Skip(i + 1).ToList();
            switch (body[i])
            {
                case For loop:
                    var wanted = IsShortRow(loop) ? behind.OfType<For>().Where(other => other.Variable == loop.Variable && IsShortRow(other)).SelectMany(statement => statement.AllReads).ToHashSet() : [];
                    rows.Clear();
                    known = known.Without(loop.Stored);
                    kept.Add(loop with { Body = new([.. Kept([.. loop.Body], known.Inside(loop), wanted.Contains, loop.Variable)]) });
                    known = IsShortRow(loop) ? known.With(rows) : known;
                    break;
                case Store { Adds: false, Target: { Value.Type: ElementType.Number } target } store:
                    var formula = known.In(store.Body);
                    known = Overwritten(known, target);
                    var forLater = isWantedLater(target);
                    if (formula is Local same && (same.Along is null || same.Along == lanes) && same.Name == target.Value.Name && !forLater)
                    {
                        known = known.With(target, same);
                    }
                    else if (forLater || behind.SelectMany(statement => statement.AllReads).Contains(target))
                    {
                        var local = new Local(Unique(isStored(target.Value) ? $"{target.Value.Name}_here" : target.Value.Name)) { Along = forLater ? lanes : null };
                        kept.Add(new Let(local, target.Value, formula));
                        if (forLater)
                            rows.Add((target, local));
                        known = known.With(target, local);
                        formula = local;
                    }

                    if (isStored(target.Value))
                        kept.Add(store with { Body = formula });
                    break;
                case Store store:
                    kept.Add(store with { Body = known.In(store.Body) });
                    known = Overwritten(known, store.Target);
                    break;
                case Accumulate accumulate:
                    kept.Add(accumulate with { Body = known.In(accumulate.Body) });
                    break;
                default:
                    kept.Add(body[i]);
                    break;
            }
        }

        return kept;
    }

    // What a local has of it is what was there before.
    Places Overwritten(Places known, Access target)
    {
        rows.RemoveAll(row => row.Place.Value == target.Value);
        return known.Without([target.Value]);
    }

    string Unique(string name)
    {
        while (!taken.Add(name))
            name += "_";
        return name;
    }

    /// <summary>Whether the vectors along a variable are so few that all may be in registers at once.</summary>
    public static bool IsShortRow(LoopVariable variable) => variable is { Length: <= LongestRow, Bounded: null };

    /// <summary>Whether a loop is over so few vectors and nothing else.</summary>
    public static bool IsShortRow(For loop) => loop.Lanes && IsShortRow(loop.Variable) && !loop.Body.Any(statement => statement is For);

    // What is in a local, by its place in memory.
    sealed record Places(ImmutableDictionary<Access, Local> Locals)
    {
        public static Places None { get; } = new(ImmutableDictionary<Access, Local>.Empty);

        public Places With(Access place, Local local) => new(Locals.SetItem(place, local));

        public Places With(IEnumerable<(Access Place, Local Local)> places) => new(Locals.SetItems(places.Select(pair => KeyValuePair.Create(pair.Place, pair.Local))));

        public Places Without(IEnumerable<Value> overwritten)
        {
            var values = overwritten.ToHashSet();
            return new(Locals.RemoveRange(Locals.Keys.Where(place => values.Contains(place.Value))));
        }

        // A row's numbers are there for other loops over the same variable only.
        public Places Inside(For loop) => new(Locals.RemoveRange(Locals.Where(pair => pair.Value.Along is { } along && !(along == loop.Variable && IsShortRow(loop))).Select(pair => pair.Key)));

        public Scalar In(Scalar formula) => Locals.IsEmpty ? formula : formula.Rewrite(part => part is Read { Access: var place } && Locals.TryGetValue(place, out var local) ? local : null);
    }
}

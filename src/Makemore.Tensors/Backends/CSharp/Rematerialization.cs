using Makemore.Tensors.Formulas;
using Makemore.Tensors.Loops;

namespace Makemore.Tensors.Backends.CSharp;

/// <summary>
/// Computes again, in each of a turn's short rows, what takes no longer than to keep it from the row that made it first. What memory
/// holds already then needs no registers between the rows.
/// </summary>
static class Rematerialization
{
    // x − mean, and that times the inverse deviation. Two instructions, one of which reads memory, against a store and a read.
    const int MostOperations = 2;

    /// <summary>The loop with such numbers made where they are used.</summary>
    /// <param name="loop">A loop over short rows.</param>
    /// <param name="names">Where what is made again finds names.</param>
    public static For Of(For loop, Names names)
    {
        var cheap = CheapIn(loop);
        return loop with { Body = loop.Body.Select(statement => statement is For row ? row with { Body = Made(row, cheap, names) } : statement) };
    }

    // The operations of a number that is made of memory and of what is the same for the whole row, all of them together, are few.
    static Dictionary<Local, Let> CheapIn(For loop)
    {
        var stored = loop.Stored.ToHashSet();
        var lets = loop.Body.OfType<For>().SelectMany(row => row.Body.OfType<Let>()).ToDictionary(let => let.Local);
        var (cheap, operations) = (new Dictionary<Local, Let>(), new Dictionary<Local, int>());
        foreach (var (local, let) in lets)
        {
            var (parts, made) = (let.Body.All.ToList(), LocalsIn(let.Body).Where(lets.ContainsKey).ToList());
            var isCheap = made.TrueForAll(cheap.ContainsKey) && parts.TrueForAll(part => part switch
            {
                Apply apply => FunctionCost.IsQuick(apply.Function),
                Read read => !stored.Overlaps(read.Access.All.Select(access => access.Value)),
                _ => part is Local or Literal,
            });
            var count = parts.OfType<Apply>().Count() + made.Sum(part => operations.GetValueOrDefault(part));
            if (isCheap && count <= MostOperations)
                (cheap[local], operations[local]) = (let, count);
        }

        return cheap;
    }

    static ValueList<Statement> Made(For row, IReadOnlyDictionary<Local, Let> cheap, Names names)
    {
        var own = row.Body.AsEnumerable().Select(statement => statement.Begun).ToHashSet();
        var (body, again) = (new List<Statement>(), new Dictionary<Local, Local>());
        foreach (var statement in row.Body)
        {
            foreach (var local in LocalsIn(statement.Value))
                Make(local);
            body.Add(again.Count == 0 ? statement : LoopJoining.Renamed(statement, again));
        }

        return new([.. body]);

        void Make(Local local)
        {
            if (own.Contains(local) || again.ContainsKey(local) || !cheap.TryGetValue(local, out var let))
                return;
            foreach (var part in LocalsIn(let.Body))
                Make(part);
            again[local] = names.Again(local);
            body.Add(LoopJoining.Renamed(let, again));
        }
    }

    static IEnumerable<Local> LocalsIn(Scalar? formula) => (formula?.All ?? []).OfType<Local>().Distinct();
}

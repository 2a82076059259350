using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Backends.CSharp;

/// <summary>
/// A nest that is given its values from where it begins to touch them: so the steps of a recurrence, at one position of a line after the
/// other, do not differ.
/// </summary>
static class NestFromStarts
{
    /// <summary>The nest, all of whose accesses begin that much nearer to the first element.</summary>
    /// <param name="nest">The nest.</param>
    /// <param name="starts">Where it begins to touch each of its values.</param>
    public static NestStep Of(NestStep nest, out IReadOnlyDictionary<Value, int> starts)
    {
        var touched = nest.All.SelectMany(statement => statement.Accesses).ToLookup(access => access.Value, access => access.Start);
        var filled = nest.All.OfType<Fill>().Select(fill => fill.Target).ToHashSet();
        var found = nest.Values.ToDictionary(value => value, value => filled.Contains(value) ? 0 : touched[value].DefaultIfEmpty().Min());
        starts = found;
        return nest with { Statements = nest.Statements.Select(statement => statement.WithAccesses(Nearer)) };

        Access Nearer(Access access) => access with
        {
            Start = access.Start - found[access.Value],
            Terms = access.Terms.Select(term => term is LookupTerm lookup ? lookup with { Lookup = Nearer(lookup.Lookup) } : term),
        };
    }
}

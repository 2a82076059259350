using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>
/// What a turn of a loop makes and uses up lies where the turn before had its own: so it stays in the nearest cache, and leaves the next one to
/// what others need.
/// </summary>
static class TurnPlaces
{
    // Shorter stretches are in registers, or side by side in a cache line already.
    const int Shortest = 64;

    /// <summary>The steps, those of their values in one place that no other step touches. Several threads cannot share it.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="isTemporary">Whether a value is nobody's but the program's.</param>
    public static IReadOnlyList<Step> Reuse(IReadOnlyList<Step> steps, Func<Value, bool> isTemporary)
    {
        var alone = Touched.ByOne(steps);
        return [.. steps.Select(step => step is NestStep { Statements: [For { Lanes: false } loop] } nest
            ? Reuse(nest, loop, [.. nest.Written.Where(value => isTemporary(value) && alone.Contains(value) && IsOfTurn(value, loop))])
            : step)];
    }

    static NestStep Reuse(NestStep nest, For loop, HashSet<Value> values) => values.Count == 0 ? nest : nest with
    {
        Statements = new([loop.WithAccesses(access => values.Contains(access.Value)
            ? access with { Terms = new([.. access.Terms.Where(term => term is not VariableTerm along || along.Variable != loop.Variable)]) }
            : access)]),
    };

    static bool IsOfTurn(Value value, For loop)
    {
        var accesses = loop.AllAccesses.Where(access => access.Value == value).ToList();
        return value.Type == ElementType.Number && accesses.TrueForAll(access => access.StaysInTurn(loop.Variable) && access.Stride(loop.Variable) >= Shortest);
    }
}

using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>
/// Puts every step as early as it can be: a weight's gradient where what it sums is still in cache, the optimizer's step behind it. The
/// activations' gradients are then soon done with, and few of them need memory at a time.
/// </summary>
static class StepOrder
{
    /// <summary>The steps, each directly behind the last one that it must follow.</summary>
    public static IReadOnlyList<Step> Early(IReadOnlyList<Step> steps)
    {
        var placed = new List<(Step Step, HashSet<Value> Values, HashSet<Value> Written)>();
        foreach (var step in steps)
        {
            var (values, written) = (step.Values.ToHashSet(), step.Written.ToHashSet());
            var last = placed.FindLastIndex(before => values.Overlaps(before.Written) || written.Overlaps(before.Values));
            placed.Insert(last + 1, (step, values, written));
        }

        return [.. placed.Select(place => place.Step)];
    }
}

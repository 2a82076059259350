using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>
/// Puts what only updates parameters as early as it can be: a weight's gradient where what it sums is still in cache, the optimizer's step
/// behind it. The activations' gradients are then soon done with, and few of them need memory at a time.
/// </summary>
static class StepOrder
{
    /// <summary>The steps in their order, but those that lead to nothing but new parameters, by no further product, directly behind the last one that they must follow.</summary>
    public static IReadOnlyList<Step> Early(IReadOnlyList<Step> steps)
    {
        var moving = Moving(steps);
        var placed = new List<Touched>();
        foreach (var step in steps.Select(step => new Touched(step)))
        {
            var place = placed.Count;
            if (moving.Contains(step.Step))
            {
                place = placed.FindLastIndex(step.MustFollow) + 1;
                while (place < placed.Count && moving.Contains(placed[place].Step))
                    place++;
            }

            placed.Insert(place, step);
        }

        return [.. placed.Select(place => place.Step)];
    }

    // What is needed for an output, or by a further product, as the gradients of activations are, is not moved.
    static HashSet<Step> Moving(IReadOnlyList<Step> steps)
    {
        var (moving, needed, wanted) = (new HashSet<Step>(ReferenceEqualityComparer.Instance), new HashSet<Value>(), new HashSet<Value>());
        foreach (var step in steps.Reverse())
        {
            var (values, written) = (step.Values, step.Written);
            var moves = written.Count > 0 && written.All(value => value.Leaf is not null || (wanted.Contains(value) && !needed.Contains(value)));
            if (moves)
                moving.Add(step);
            (moves && step is not ProductStep ? wanted : needed).UnionWith(values.Except(written));
        }

        return moving;
    }
}

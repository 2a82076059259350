using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>A step with the values that it touches as sets: who joins or moves steps asks each about many others.</summary>
sealed class Touched(Step step)
{
    /// <summary>The step.</summary>
    public Step Step { get; } = step;

    /// <summary>The values that it reads or writes.</summary>
    public HashSet<Value> Values { get; } = [.. step.Values];

    /// <summary>The values that it writes.</summary>
    public HashSet<Value> Written { get; } = [.. step.Written];

    /// <summary>The values that one of some steps touches, and no other.</summary>
    public static HashSet<Value> ByOne(IEnumerable<Step> steps) =>
        [.. steps.SelectMany(step => step.Values).CountBy(value => value).Where(count => count.Value == 1).Select(count => count.Key)];

    /// <summary>Whether it has to come behind another step, which reads what it writes, or writes what it touches.</summary>
    public bool MustFollow(Touched before) => Values.Overlaps(before.Written) || Written.Overlaps(before.Values);
}

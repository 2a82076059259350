using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>Where every value lies, decided before anything runs. Values whose lives do not overlap share memory.</summary>
public sealed class MemoryPlan
{
    /// <summary>Bytes between the addresses at which values may begin: a cache line.</summary>
    public const int Alignment = 64;

    readonly Dictionary<Value, int> offsets = [];
    readonly Layouts layouts;

    // Steps that several threads go through together are one moment: while one thread is at the first, another may be at the last.
    internal MemoryPlan(IReadOnlyList<Step> steps, Layouts layouts, Func<Value, bool> isTemporary, IReadOnlyList<Phase> phases)
    {
        this.layouts = layouts;
        var isPhased = phases.Count > 0;
        var lives = Lives(isPhased ? phases.Select(phase => phase.Steps.SelectMany(step => step.Step.Values)) : steps.Select(step => step.Values), isTemporary);
        var groups = (isPhased ? lives.Select(life => new Group([life.Key], life.Value)) : Groups(steps, lives)).ToLookup(group => group.Values[0].Type);
        Place(groups[ElementType.Number], 0);

        // Kernels read a little past the end of numbers and ignore it. Indices read as numbers would be denormal, and those are slow.
        Place(groups[ElementType.Index], ScratchBytes + Alignment);
    }

    /// <summary>Bytes that all temporary values together need.</summary>
    public int ScratchBytes { get; private set; }

    /// <summary>Where a temporary value begins, in bytes from the start of the scratch memory.</summary>
    public int OffsetOf(Value value) => offsets[value];

    /// <summary>Bytes that a value takes, up to where the next may begin.</summary>
    public int Bytes(Value value) => checked((layouts[value].Elements * sizeof(float)) + Alignment - 1) / Alignment * Alignment;

    void Place(IEnumerable<Group> groups, int begin)
    {
        var placed = new List<(int Offset, int End, Life Life)>();
        foreach (var group in groups.OrderByDescending(group => Bytes(group.Values[0])).ThenBy(group => group.Life.First))
        {
            var (offset, bytes) = (begin, Bytes(group.Values[0]));
            foreach (var other in placed.Where(other => other.Life.Overlaps(group.Life)).OrderBy(other => other.Offset))
            {
                if (checked(offset + bytes) <= other.Offset)
                    break;
                offset = Math.Max(offset, other.End);
            }

            group.Values.ForEach(value => offsets[value] = offset);
            placed.Add((offset, checked(offset + bytes), group.Life));
            ScratchBytes = Math.Max(ScratchBytes, offset + bytes);
        }
    }

    static Dictionary<Value, Life> Lives(IEnumerable<IEnumerable<Value>> moments, Func<Value, bool> isTemporary)
    {
        var lives = new Dictionary<Value, Life>();
        foreach (var (i, values) in moments.Index())
        {
            foreach (var value in values.Where(isTemporary))
                lives[value] = new Life(lives.TryGetValue(value, out var life) ? life.First : i, i);
        }

        return lives;
    }

    // A value that dies where another of its size is made from it in one flat loop gives it its place. (Row by row it would not
    // pay: a row's first vectors would wait for the masked store that ended the row before.)
    List<Group> Groups(IReadOnlyList<Step> steps, Dictionary<Value, Life> lives)
    {
        var groups = lives.ToDictionary(life => life.Key, life => new Group([life.Key], life.Value));
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i] is not NestStep { Statements: [For { Body: [Store store] }] } || !lives.TryGetValue(store.Target.Value, out var life) || life.First != i)
                continue;
            var dying = store.Body.All.OfType<Read>().Select(read => read.Access.Value).FirstOrDefault(value =>
                lives.TryGetValue(value, out var other) && other.Last == i && other.First < i && value.Type == store.Target.Value.Type && Bytes(value) == Bytes(store.Target.Value)
                && store.Body.All.OfType<Read>().SelectMany(read => read.Access.All).Where(access => access.Value == value).All(store.Target.IsSamePlace));
            if (dying is null)
                continue;
            var (before, after) = (groups[dying], groups[store.Target.Value]);
            before.Values.AddRange(after.Values);
            before.Life = new Life(before.Life.First, after.Life.Last);
            groups[store.Target.Value] = before;
        }

        return [.. groups.Values.Distinct()];
    }

    readonly record struct Life(int First, int Last)
    {
        public bool Overlaps(Life other) => First <= other.Last && other.First <= Last;
    }

    sealed class Group(List<Value> values, Life life)
    {
        public List<Value> Values { get; } = values;

        public Life Life { get; set; } = life;
    }
}

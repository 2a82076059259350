using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>Where every value lies, decided before anything runs. Values whose lives do not overlap share memory.</summary>
public sealed class MemoryPlan
{
    /// <summary>Bytes between the addresses at which values may begin: a cache line.</summary>
    public const int Alignment = 64;

    readonly Dictionary<Value, int> offsets = [];

    internal MemoryPlan(IReadOnlyList<Step> steps, Func<Value, bool> isTemporary)
    {
        var lives = Lives(steps, isTemporary);
        var placed = new List<(int Offset, int End, int First, int Last)>();
        foreach (var (value, first, last) in lives.OrderByDescending(life => Bytes(life.Value)).ThenBy(life => life.First))
        {
            var offset = 0;
            foreach (var other in placed.Where(other => other.First <= last && first <= other.Last).OrderBy(other => other.Offset))
            {
                if (offset + Bytes(value) <= other.Offset)
                    break;
                offset = Math.Max(offset, other.End);
            }

            offsets[value] = offset;
            placed.Add((offset, offset + Bytes(value), first, last));
            ScratchBytes = Math.Max(ScratchBytes, offset + Bytes(value));
        }
    }

    /// <summary>Bytes that all temporary values together need.</summary>
    public int ScratchBytes { get; }

    /// <summary>Where a temporary value begins, in bytes from the start of the scratch memory.</summary>
    public int OffsetOf(Value value) => offsets[value];

    /// <summary>Bytes that a value takes, up to where the next may begin.</summary>
    public static int Bytes(Value value) => checked((value.Shape.Elements * sizeof(float)) + Alignment - 1) / Alignment * Alignment;

    static List<(Value Value, int First, int Last)> Lives(IReadOnlyList<Step> steps, Func<Value, bool> isTemporary)
    {
        var lives = new Dictionary<Value, (int First, int Last)>();
        for (var i = 0; i < steps.Count; i++)
        {
            foreach (var value in steps[i].Values.Where(isTemporary))
                lives[value] = (lives.TryGetValue(value, out var life) ? life.First : i, i);
        }

        return [.. lives.Select(pair => (pair.Key, pair.Value.First, pair.Value.Last))];
    }
}

using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>
/// Joins nests that run over the same rows into one loop, so that a row is finished while it is in cache; and those that run over the
/// same lanes, so that a vector is finished while it is in a register.
/// </summary>
sealed class RowFusion(Layouts layouts)
{
    readonly LoopJoining loops = new(layouts);

    /// <summary>The steps with nests joined wherever no row needs another row's results, those that need each other also across steps that do not mind.</summary>
    public IReadOnlyList<Step> Fuse(IReadOnlyList<Step> steps)
    {
        // A nest that two others have come to need, each for itself, may join them in turn.
        for (var before = steps.Count + 1; before > steps.Count;)
        {
            before = steps.Count;
            var fused = new List<Touched>();
            foreach (var step in steps)
            {
                if (step is not NestStep next || !TryJoin(fused, next))
                    fused.Add(new Touched(step));
            }

            steps = [.. fused.Select(touched => touched.Step)];
        }

        return steps;
    }

    bool TryJoin(List<Touched> fused, NestStep next)
    {
        var touches = new Touched(next);
        for (var i = fused.Count - 1; i >= 0; i--)
        {
            var isNeighbour = i == fused.Count - 1;
            if (fused[i].Step is NestStep group && (isNeighbour ? touches.Values.Overlaps(fused[i].Values) : touches.Values.Overlaps(fused[i].Written)) && Join(group, next) is { } joined)
            {
                fused[i] = new Touched(joined);
                return true;
            }

            if (touches.MustFollow(fused[i]))
                return false;
        }

        return false;
    }

    NestStep? Join(NestStep group, NestStep next) =>
        group.Statements is [For rows] && next.Statements is [For more] && loops.Join(rows, more) is { } joined
            ? new NestStep(new([.. group.Assignments, .. next.Assignments]), [joined])
            : null;
}

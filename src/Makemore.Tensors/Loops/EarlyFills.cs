using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>
/// Fills what parts are placed into that may be shorter in some runs, before any part is computed. Each can then be stored where it belongs by the
/// product or the nest that makes it.
/// </summary>
static class EarlyFills
{
    /// <summary>The steps with those fills apart from the first part, and in front of all that makes parts.</summary>
    public static IReadOnlyList<Step> Arrange(IReadOnlyList<Step> steps)
    {
        var arranged = steps.ToList();
        foreach (var nest in steps.OfType<NestStep>())
        {
            if (nest.Statements is not [Fill fill, For loop] || nest.All.Any(statement => statement is Store { Adds: true }))
                continue;
            var parts = arranged.OfType<NestStep>().Where(part => part.Written.Contains(fill.Target)).ToList();
            if (!parts.Exists(part => part.BoundedAxes.Count > 0))
                continue;
            var made = parts.SelectMany(part => part.Reads).Select(access => access.Value).ToHashSet();
            var at = arranged.FindIndex(step => ReferenceEquals(step, nest));
            arranged[at] = nest with { Statements = [loop] };
            var first = arranged.FindIndex(step => step.Written.Any(made.Contains));
            var last = arranged[..at].FindLastIndex(step => step.Values.Contains(fill.Target));
            arranged.Insert(Math.Max(last + 1, first < 0 ? at : Math.Min(first, at)), nest with { Statements = [fill] });
        }

        return arranged;
    }
}

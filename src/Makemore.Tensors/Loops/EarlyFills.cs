using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>
/// Fills a value of which a run says how much is placed into it before its parts are computed, so that each part can be stored where it belongs as soon as
/// it is there: by the product that makes it, or the nest.
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
            var at = arranged.IndexOf(nest);
            arranged[at] = nest with { Statements = [loop] };
            var first = arranged.FindIndex(step => step.Written.Any(made.Contains));
            var last = arranged[..at].FindLastIndex(step => step.Values.Contains(fill.Target));
            arranged.Insert(Math.Max(last + 1, first < 0 ? at : Math.Min(first, at)), nest with { Statements = [fill] });
        }

        return arranged;
    }
}

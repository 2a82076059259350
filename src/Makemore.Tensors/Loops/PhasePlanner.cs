using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>
/// Gathers steps into phases, between which all threads wait for each other: each step goes into the first phase in which its threads
/// need nothing of each other, divided so that this is as early as can be.
/// </summary>
/// <remarks>
/// A training step becomes what its mathematics suggests: phases in which everything keeps the rows of the batch, and at the end one in
/// which each thread takes some of the sums over all rows, and the parameters behind them.
/// </remarks>
sealed class PhasePlanner(Layouts layouts)
{
    // Elements that one thread makes in less time than all need to wait for each other.
    const long Little = 4096;

    readonly StepDivisions divisions = new(layouts);
    readonly List<List<PhaseStep>> phases = [];
    readonly Dictionary<Value, List<Touch>> touched = [];

    /// <summary>The phases, in order.</summary>
    public IReadOnlyList<Phase> Plan(IReadOnlyList<Step> steps)
    {
        foreach (var step in steps)
            Place(step);
        return [.. phases.Select(phase => new Phase(phase))];
    }

    void Place(Step step)
    {
        var found = divisions.Of(step).ToList();
        if (found.Count == 0 || Work(step) <= Little)
            found.Add(Division.Whole);
        var (written, values) = (step.Written.ToHashSet(), step.Values);
        var before = values.SelectMany(value => touched.GetValueOrDefault(value, []).Where(touch => touch.Writes || written.Contains(value)).Select(touch => (Value: value, Touch: touch))).ToList();
        var (division, place) = found.Select(division => (Division: division, Place: Earliest(division, before))).MinBy(candidate => candidate.Place.Phase);
        while (phases.Count <= place.Phase)
            phases.Add([]);
        var placed = new PhaseStep(step, division, place.Group ?? (division.Cut == Cut.Nothing ? phases[place.Phase].Select(other => other.Group).Append(-1).Max() + 1 : -1));
        phases[place.Phase].Add(placed);
        foreach (var value in values)
        {
            if (!touched.TryGetValue(value, out var touches))
                touched[value] = touches = [];
            touches.Add(new Touch(place.Phase, placed, written.Contains(value)));
        }
    }

    // The first phase in which no thread waits for another, and for a whole step the group whose results it needs, if any.
    static (int Phase, int? Group) Earliest(Division division, List<(Value Value, Touch Touch)> before)
    {
        bool OnOneThread(Touch touch) => division.Cut == Cut.Nothing && touch.Step.Division.Cut == Cut.Nothing;
        var phase = 0;
        foreach (var (value, touch) in before)
            phase = Math.Max(phase, touch.Phase + (OnOneThread(touch) || AreApart(division, touch.Step.Division, value) ? 0 : 1));
        var groups = before.Where(pair => pair.Touch.Phase == phase && OnOneThread(pair.Touch)).Select(pair => pair.Touch.Step.Group).Distinct().ToList();
        return groups.Count > 1 ? (phase + 1, null) : (phase, groups.Count == 1 ? groups[0] : null);
    }

    static bool AreApart(Division one, Division other, Value value) =>
        one.HasPiecesOf(other) && one.Stretches.TryGetValue(value, out var stretch) && other.Stretches.TryGetValue(value, out var same) && stretch == same;

    static long Work(Step step) => step switch
    {
        NestStep nest => nest.Statements.Sum(Work),
        ProductStep product => product.Outer.Aggregate((long)product.Rows * product.Columns * product.Depth / Division.Unit, (work, loop) => work * loop.Variable.Length),
        TransposeStep transpose => transpose.Outer.Aggregate((long)transpose.Rows * transpose.Columns, (work, loop) => work * loop.Variable.Length),
        _ => 0,
    };

    static long Work(Statement statement) => statement switch
    {
        For loop => loop.Variable.Length * loop.Body.Sum(Work),
        Fill fill => fill.Places,
        Store or Accumulate => 1,
        _ => 0,
    };

    readonly record struct Touch(int Phase, PhaseStep Step, bool Writes);
}

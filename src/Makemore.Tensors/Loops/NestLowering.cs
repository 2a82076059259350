using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>Turns an assignment into loops: which variable fills the lanes, where sums are kept.</summary>
sealed class NestLowering(Layouts layouts)
{
    /// <summary>The statements that carry out an assignment.</summary>
    public ValueList<Statement> Lower(Assignment assignment)
    {
        var over = (assignment.Destination?.Over ?? assignment.Target.Shape).Select(LoopVariable.Along).ToList();
        var target = layouts.Access(assignment.Target, assignment.Destination?.To ?? assignment.Target.Here.At);
        var folds = new List<(Local Local, Fold Fold)>();
        var body = Linear(assignment.Body).Rewrite(part =>
        {
            if (part is not Fold fold)
                return null;
            var local = new Local($"{(fold.Reduction == Reduction.Sum ? "sum" : "max")}{(folds.Count == 0 ? "" : folds.Count + 1)}");
            folds.Add((local, fold));
            return local;
        });

        var store = new Store(target, body, assignment.Destination is { Adds: true });
        var lanes = TargetLanes(assignment.Target, over, store, folds.Select(fold => fold.Fold.Body));
        ValueList<Statement> inner =
        [
            .. folds.SelectMany(fold => FoldLoops(fold.Local, fold.Fold, lanes is null)),
            store,
        ];
        for (var i = over.Count - 1; i >= 0; i--)
            inner = [new For(over[i], over[i] == lanes, inner)];
        return assignment.Destination?.Elsewhere is { } elsewhere ? [new Fill(assignment.Target, layouts[assignment.Target].Elements, elsewhere), .. inner] : inner;
    }

    Scalar Linear(Scalar formula) => formula.Replace(part => part switch
    {
        Element element => new Read(layouts.Access(element)),
        AxisPosition position => new VariablePosition(LoopVariable.Along(position.Axis)),
        _ => null,
    });

    // The innermost variable of the target fills the lanes if everything moves with it by 1 or not at all.
    static LoopVariable? TargetLanes(Value target, List<LoopVariable> over, Store store, IEnumerable<Scalar> folded) =>
        target.Type == ElementType.Number && over.Count > 0 && over[^1] is var innermost && innermost.Length > 1
            && store.Target.Stride(innermost) == 1 && folded.Append(store.Body).All(formula => FitsLanes(formula, innermost))
            ? innermost
            : null;

    static bool FitsLanes(Scalar formula, LoopVariable variable) => formula.All.OfType<Read>().All(read => read.Access.Stride(variable) switch
    {
        0 => true,
        1 => read.Access.Value.Type == ElementType.Number,
        _ => false,
    });

    static ValueList<Statement> FoldLoops(Local local, Fold fold, bool mayUseLanes)
    {
        var over = fold.Over.Select(LoopVariable.Along).ToList();
        var lanes = mayUseLanes ? over.FindLast(variable => variable.Length > 1 && FitsLanes(fold.Body, variable)) : null;
        if (lanes is not null)
        {
            over.Remove(lanes);
            over.Add(lanes);
        }

        ValueList<Statement> inner = [new Accumulate(local, fold.Reduction, fold.Body)];
        for (var i = over.Count - 1; i >= 0; i--)
            inner = [new For(over[i], over[i] == lanes, inner)];
        return [new Begin(local, fold.Reduction), .. inner];
    }
}

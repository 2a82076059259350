using System.Collections.Immutable;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>Finds the ways in which steps can be divided among threads, the most promising first.</summary>
sealed class StepDivisions(Layouts layouts)
{
    // With fewer pieces the parts of a few threads would differ much in size.
    const int ManyPieces = 8;

    /// <summary>Every division of a step; none where it is one thread's.</summary>
    public IEnumerable<Division> Of(Step step) => (step switch
    {
        NestStep nest => OfNest(nest),
        ProductStep product => OfProduct(product),
        TransposeStep transpose => OfTranspose(transpose),
        PrefetchStep { Over: [var outermost, ..] } => [OfVariable(outermost, Division.Whole.Stretches)],
        _ => [],
    }).Where(division => division.Pieces > 1).OrderBy(division => division.Pieces < ManyPieces);

    static Division OfVariable(LoopVariable variable, IReadOnlyDictionary<Value, int> stretches) => new(Cut.Loop, variable.Name, variable.Length, 1, variable.Length, variable.Bounded, stretches);

    IEnumerable<Division> OfNest(NestStep nest)
    {
        if (nest.Statements.Where(statement => statement is not Fill).ToList() is not [For loop] || nest.All.OfType<Store>().FirstOrDefault() is not { } store)
            yield break;
        var length = loop.Variable.Length;
        var padded = loop.IntoPadding && loop.Variable.Bounded is null ? WholeUnits(length) : length;
        var pieces = AxisRuns(store.Target.Value, length, loop.Variable.Bounded).Concat(AxisRuns(store.Target.Value, padded, loop.Variable.Bounded)).Append((loop.Variable.Name, length)).DistinctBy(run => run.Item2);
        foreach (var (label, count) in pieces.OrderBy(run => loop.Lanes && padded / run.Item2 % Division.Unit != 0))
        {
            if (Divided(nest, loop, label, count, padded % count == 0 ? padded : length) is { } division)
                yield return division;
        }

        if (loop.Lanes && Divided(nest, loop, loop.Variable.Name, WholeUnits(length) / Division.Unit, padded, Division.Unit) is { } vectors)
            yield return vectors;
    }

    static int WholeUnits(int length) => (length + Division.Unit - 1) / Division.Unit * Division.Unit;

    // The first axes of a value, as long as so many turns of a loop make whole pieces of each of them. Where runs differ in their turns,
    // they do so as the first axis does.
    static IEnumerable<(string Label, int Count)> AxisRuns(Value value, int turns, Axis? bounded)
    {
        if (bounded is not null && !IsAlong(bounded, value))
            yield break;
        var (label, count) = ("", 1);
        foreach (var axis in value.Shape)
        {
            (label, count) = (label.Length == 0 ? axis.Name : $"{label}_{axis.Name}", count * axis.Length);
            if (turns % count != 0)
                yield break;
            yield return (label, count);
        }
    }

    static bool IsAlong(Axis bounded, Value value) => value.Shape is [var first, ..] && first.Bounded == bounded;

    Division? Divided(NestStep nest, For loop, string label, int pieces, int turns, int? size = null)
    {
        var turnsOfPiece = size ?? (turns / pieces);
        var touched = Touched(loop, []).Select(touch => (touch.Access, touch.Stores, Reach: ReachOf(touch.Access, loop.Variable, turnsOfPiece, touch.Padded))).ToList();
        var stretches = Stretches(touched.Select(touch => (touch.Access.Value, touch.Reach)));

        // A thread may write no other's piece. Whoever reads what the step writes has to find it in its own.
        foreach (var (target, _, reach) in touched.Where(touch => touch.Stores))
        {
            var alone = reach.IsApart && touched.All(other => other.Access.Value != target.Value || other.Access.IsSamePlace(target));
            if (!stretches.ContainsKey(target.Value) && !alone)
                return null;
        }

        foreach (var fill in nest.Statements.OfType<Fill>())
        {
            if (!stretches.TryGetValue(fill.Target, out var stretch) || (long)stretch / turnsOfPiece * turns != fill.Places || (loop.Variable.Bounded is { } bounded && !IsAlong(bounded, fill.Target)))
                return null;
        }

        return new Division(Cut.Loop, label, pieces, turnsOfPiece, turns, loop.Variable.Bounded, stretches);
    }

    // Every access, with the variables around it that run on into padding.
    static IEnumerable<(Access Access, bool Stores, ImmutableHashSet<LoopVariable> Padded)> Touched(Statement statement, ImmutableHashSet<LoopVariable> padded)
    {
        if (statement is For loop)
            padded = loop.IntoPadding ? padded.Add(loop.Variable) : padded.Remove(loop.Variable);
        foreach (var access in statement.Reads)
            yield return (access, false, padded);
        if (statement is Store store)
            yield return (store.Target, true, padded);

        foreach (var inside in statement.Inside.SelectMany(inside => Touched(inside, padded)))
            yield return inside;
    }

    static IEnumerable<Division> OfProduct(ProductStep product)
    {
        // What is added to the sums in place lies where they will lie; anything else of the same value could be another thread's.
        if (product.Start is { } start && start.Value == product.Result.Value && !(start == product.Result && product.Outer.All(loop => loop.Start == loop.Result)))
            yield break;
        if (product.Outer is [{ Result: > 0 } outermost, ..])
            yield return OfVariable(outermost.Variable, Stretches(Reaches(product, Cut.Loop, 1)));
        if (product.Outer.All(loop => loop.Result == 0))
        {
            foreach (var (label, count) in AxisRuns(product.Result.Value, product.Rows, product.BoundedRows))
                yield return new Division(Cut.Rows, label, count, product.Rows / count, product.Rows, product.BoundedRows, Stretches(Reaches(product, Cut.Rows, product.Rows / count)));
        }

        var columns = product.Result.Value.Shape[^1].Name;
        yield return new Division(Cut.Columns, columns, WholeUnits(product.StoredColumns) / Division.Unit, Division.Unit, product.StoredColumns, product.BoundedColumns, Division.Whole.Stretches);
    }

    static IEnumerable<(Value Value, Reach Reach)> Reaches(ProductStep product, Cut cut, int size)
    {
        Reach Of(Matrix matrix, int rows, int columns, Func<OuterLoop, int> outer)
        {
            var inner = ((long)(columns - 1) * matrix.Column) + product.Outer.Skip(cut == Cut.Loop ? 1 : 0).Sum(loop => (long)(loop.Variable.Length - 1) * outer(loop));
            return cut == Cut.Loop
                ? new(matrix.Start, outer(product.Outer[0]), inner + ((long)(rows - 1) * matrix.Row))
                : new(matrix.Start, matrix.Row * size, inner + ((size - 1L) * matrix.Row));
        }

        yield return (product.Result.Value, Of(product.Result, product.Rows, product.StoredColumns, loop => loop.Result));
        yield return (product.Left.Value, Of(product.Left, product.Rows, product.Depth, loop => loop.Left));
        yield return (product.Right.Value, cut == Cut.Loop ? Of(product.Right with { Row = product.Right.Column, Column = product.Right.Row }, product.StoredColumns, product.Depth, loop => loop.Right) : Reach.Unknown);
        if (product.Start is { } start)
            yield return (start.Value, Of(start, product.Rows, product.StoredColumns, loop => loop.Start));
        foreach (var access in (product.Epilogue?.All ?? []).OfType<Read>().Select(read => read.Access))
        {
            var (row, column) = (access.Stride(ProductStep.Row)!.Value, access.Stride(ProductStep.Column)!.Value);
            yield return (access.Value, new(access.Start, row * size, ((size - 1L) * row) + ((product.StoredColumns - 1L) * column)));
        }
    }

    static IEnumerable<Division> OfTranspose(TransposeStep transpose)
    {
        if (transpose.Outer is [var outermost, ..])
        {
            Reach Of(Matrix matrix, int width, Func<OuterLoop, int> stride) => new(
                matrix.Start, stride(outermost), transpose.Outer.Skip(1).Sum(loop => (loop.Variable.Length - 1L) * stride(loop)) + width);
            yield return OfVariable(outermost.Variable, Stretches([
                (transpose.Result.Value, Of(transpose.Result, ((transpose.Columns - 1) * transpose.Result.Row) + transpose.Rows - 1, loop => loop.Result)),
                (transpose.Source.Value, Of(transpose.Source, ((transpose.Rows - 1) * transpose.Source.Row) + transpose.Columns - 1, loop => loop.Left)),
            ]));
            yield break;
        }

        var stretches = Stretches([(transpose.Result.Value, new(transpose.Result.Start, transpose.Result.Row, transpose.Rows - 1)), (transpose.Source.Value, Reach.Unknown)]);
        var label = AxisRuns(transpose.Result.Value, transpose.Columns, transpose.BoundedColumns).LastOrDefault().Label ?? transpose.Result.Value.Shape[0].Name;
        yield return new Division(Cut.Rows, label, transpose.Columns, 1, transpose.Columns, transpose.BoundedColumns, stretches);
    }

    static Dictionary<Value, int> Stretches(IEnumerable<(Value Value, Reach Reach)> reaches) => reaches
        .GroupBy(pair => pair.Value, pair => pair.Reach)
        .Where(places => places.All(reach => reach.IsStretch && reach.Piece == places.First().Piece))
        .ToDictionary(places => places.Key, places => places.First().Piece);

    Reach ReachOf(Access access, LoopVariable cut, int size, ImmutableHashSet<LoopVariable> padded)
    {
        var (turn, inner) = (0, 0L);
        foreach (var term in access.Terms)
        {
            switch (term)
            {
                case { Stride: < 0 }:
                    return Reach.Unknown;
                case VariableTerm { Variable: var variable } when variable == cut:
                    turn += term.Stride;
                    break;
                case VariableTerm { Variable: var variable }:
                    inner += ((long)(padded.Contains(variable) ? WholeUnits(variable.Length) : variable.Length) - 1) * term.Stride;
                    break;
                case LookupTerm when MostLookedUp(access.Value, term.Stride) is { } most:
                    inner += most;
                    break;
                default:
                    return Reach.Unknown;
            }
        }

        return new(access.Start, turn * size, inner + ((size - 1L) * turn));
    }

    // Indices lie inside the axis that they point into.
    int? MostLookedUp(Value value, int stride)
    {
        var at = Array.IndexOf(layouts[value].Strides, stride);
        return at < 0 ? null : (value.Shape[at].Length - 1) * stride;
    }
}

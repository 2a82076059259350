using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>Maps sums of products to the matrix-product kernel by strides, with a transposed copy only where no stride will do, and none for sums that are long and few.</summary>
sealed class ProductLowering(Layouts layouts, Program program)
{
    // To add up the lanes of a sum takes about as long as to copy so many numbers: for each column there are as many sums as rows, and as many numbers as the depth.
    const int NumbersForSum = 4;

    // Copies that earlier products made: values never change between the lines that read them.
    readonly Dictionary<(Element Source, Shape Shape, int Columns), Value> copies = [];

    /// <summary>The steps for <c>target = fold + start</c>; null where the sum is no matrix product, or no strides make it one.</summary>
    /// <param name="assignment">The line that the steps belong to.</param>
    /// <param name="target">Where the result goes.</param>
    /// <param name="fold">The sum.</param>
    /// <param name="start">What is added, or null.</param>
    public IReadOnlyList<Step>? Lower(Assignment assignment, Value target, Fold fold, Element? start)
    {
        if (ProductShape.Of(fold, target) is not var (left, right, rows, columns, depth) || (start is not null && !ProductShape.IsPlain(start)))
            return null;

        if (depth.Count(axis => axis.IsBounded) > 1)
            return null;

        // Several axes are walked through as one only where a bounded one, if any, is the outermost.
        depth = [.. depth.OrderByDescending(axis => axis.IsBounded)];
        columns = LongestRun(columns, axes => !axes.Skip(1).Any(axis => axis.IsBounded));
        var steps = new List<Step>();
        var made = new List<((Element, Shape, int), Value)>();
        Axis? around = null;
        if (ProductShape.IsView(left) || ProductShape.IsView(right))
        {
            // A copy of a window would be as many times as large as it has taps; a loop around the product costs less.
            columns = LongestRun(columns, axes => layouts.Merge(axes, right) == 1) is { Count: > 0 } contiguous ? contiguous : columns;
            around = Around(depth, left, right);
            depth = [.. depth.Where(axis => axis != around)];
        }

        // The left operand must have its depth in one stride; the right its depth too, and contiguous columns.
        if (layouts.Merge(depth, left) is null)
            left = Packed(steps, made, assignment, left, [.. target.Shape.Where(axis => ProductShape.Has(left, axis)), .. depth], depth.Count);
        if (layouts.Merge(columns, right) != 1 || layouts.Merge(depth, right) is null)
        {
            if (rows.Count == 0)
                return null;
            if (around is not null || !AreLongAndFew(fold, left, right, rows, columns, depth))
                right = Packed(steps, made, assignment, right, [.. target.Shape.Where(axis => ProductShape.Has(right, axis) && !columns.Contains(axis)), .. AxesAround(around), .. depth, .. columns], columns.Count);
        }

        var result = target.Here;
        if (layouts.Merge(columns, result) != 1 || (start is not null && layouts.Merge(columns, start) != 1))
            return null;

        var inner = LongestRun(rows, axes =>
            layouts.Merge(axes, left) is not null && layouts.Merge(axes, result) is not null && (start is null || layouts.Merge(axes, start) is not null));
        var outer = target.Shape.Where(axis => !inner.Contains(axis) && !columns.Contains(axis)).Select(axis => new OuterLoop(
            LoopVariable.Along(axis), layouts.Stride(result, axis), layouts.Stride(left, axis), layouts.Stride(right, axis), start is null ? 0 : layouts.Stride(start, axis)));
        var layout = layouts[target];
        var width = Length(columns);
        var across = layouts.Merge(columns, right)!.Value;
        var product = new ProductStep(
            [assignment],
            new([.. outer]),
            Length(inner),
            width,
            Length(depth),
            layouts.Matrix(result, layouts.Merge(inner, result)!.Value, 1),
            layouts.Matrix(left, layouts.Merge(inner, left)!.Value, layouts.Merge(depth, left)!.Value),
            layouts.Matrix(right, layouts.Merge(depth, right)!.Value, across),
            start is null ? null : layouts.Matrix(start, layouts.Merge(inner, start)!.Value, 1))
        {
            StoredColumns = across == 1 && layout.IsPadded && layout.RowElements == width && Bounded(columns) is null ? layout.Row : width,
            BoundedRows = Bounded(inner),
            BoundedColumns = Bounded(columns),
            BoundedDepth = Bounded(depth),
        };
        steps.Add(product);
        foreach (var (copied, copy) in made)
            copies[copied] = copy;
        if (around is { Length: > 1 })
            steps.Add(Rest(product, around, layouts.Stride(left, around), layouts.Stride(right, around)));
        return steps;
    }

    // One product is made at the first position of the axis; at each further one another is added to it.
    static ProductStep Rest(ProductStep first, Axis around, int left, int right) => first with
    {
        Outer = new([
            .. first.Outer.Select(loop => loop with { Start = loop.Result }),
            .. around.Length > 2 ? new[] { new OuterLoop(new LoopVariable(around.Name, around.Length - 1), 0, left, right, 0) } : [],
        ]),
        Left = first.Left with { Start = first.Left.Start + left },
        Right = first.Right with { Start = first.Right.Start + right },
        Start = first.Result,
    };

    // The axis of the depth without which the rest, as much as possible, lies in one stride; null where there is none, or no need of it.
    Axis? Around(IReadOnlyList<Axis> depth, Element left, Element right)
    {
        bool Fits(IReadOnlyList<Axis> axes) => layouts.Merge(axes, left) is not null && layouts.Merge(axes, right) is not null;
        return Fits(depth) ? null : depth.Where(axis => !axis.IsBounded && Fits([.. depth.Where(other => other != axis)])).MinBy(axis => axis.Length);
    }

    // Sums along the contiguous depth of both operands need no copy. Where the sums are short, or the copy serves many, it is the faster.
    bool AreLongAndFew(Fold fold, Element left, Element right, IReadOnlyList<Axis> rows, IReadOnlyList<Axis> columns, IReadOnlyList<Axis> depth) =>
        Length(depth) >= NumbersForSum * Length(rows)
        && columns.Count > 0
        && layouts.Merge(depth, left) == 1
        && layouts.Merge(depth, right) == 1
        && layouts.Merge(columns, right) is not null
        && program.Assignments.SelectMany(line => line.Body.All.OfType<Fold>()).Count(other => other.Over.Equals(fold.Over) && other.Body.Parts.Contains(right)) == 1;

    static Axis[] AxesAround(Axis? around) => around is null ? [] : [around];

    static Axis? Bounded(IReadOnlyList<Axis> axes) => axes.Count == 0 ? null : axes[0].Bounded;

    static int Length(IEnumerable<Axis> axes) => axes.Aggregate(1, (product, axis) => product * axis.Length);

    static IReadOnlyList<Axis> LongestRun(IReadOnlyList<Axis> axes, Func<IReadOnlyList<Axis>, bool> fits)
    {
        for (var skip = 0; skip < axes.Count; skip++)
        {
            IReadOnlyList<Axis> run = [.. axes.Skip(skip)];
            if (fits(run))
                return run;
        }

        return [];
    }

    Element Packed(List<Step> steps, List<((Element, Shape, int), Value)> made, Assignment assignment, Element element, Shape shape, int columns)
    {
        if (copies.TryGetValue((element, shape, columns), out var known))
            return known.Here;
        var copy = layouts.Add($"{element.Source.Name}.transposed", shape, columns);
        var line = new Assignment(assignment.Section, copy, element);
        steps.Add(Transpose(line, element, copy) ?? (Step)new NestStep([line], new NestLowering(layouts).Lower(line)));
        made.Add(((element, shape, columns), copy));
        return copy.Here;
    }

    // A copy is a transposition where some of the source's axes, cut in two, change places; those before them are loops around it.
    TransposeStep? Transpose(Assignment line, Element element, Value copy)
    {
        List<Axis> axes = [.. ProductShape.AxesOf(element)];
        for (var first = 0; first < axes.Count; first++)
        {
            for (var cut = first + 1; cut < axes.Count; cut++)
            {
                var (outer, rows, columns) = (axes[..first], axes[first..cut], axes[cut..]);
                if (outer.Concat(columns).Concat(rows).SequenceEqual(copy.Shape) && layouts.Merge(columns, element) == 1 && layouts.Merge(rows, copy.Here) == 1
                    && layouts.Merge(rows, element) is { } sourceRow && layouts.Merge(columns, copy.Here) is { } resultRow)
                    return new TransposeStep(
                        [line],
                        new([.. outer.Select(axis => new OuterLoop(LoopVariable.Along(axis), layouts.Stride(copy.Here, axis), layouts.Stride(element, axis), 0, 0))]),
                        Length(rows),
                        Length(columns),
                        layouts.Matrix(copy.Here, resultRow, 1),
                        layouts.Matrix(element, sourceRow, 1))
                    {
                        BoundedRows = Bounded(rows),
                        BoundedColumns = Bounded(columns),
                    };
            }
        }

        return null;
    }
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>Maps sums of products to the matrix-product kernel by strides, with a transposed copy only where no stride will do.</summary>
static class ProductLowering
{
    /// <summary>The steps for <c>target = fold + start</c>; null where the sum is no matrix product, or too small to be worth one.</summary>
    /// <param name="assignment">The line that the steps belong to.</param>
    /// <param name="target">Where the result goes.</param>
    /// <param name="fold">The sum.</param>
    /// <param name="start">What is added, or null.</param>
    public static IReadOnlyList<Step>? Lower(Assignment assignment, Value target, Fold fold, Element? start)
    {
        if (Operands(fold, target) is not var (left, right) || (start is not null && !IsPlain(start)))
            return null;

        var steps = new List<Step>();
        var columns = TrailingRun(target.Shape, axis => Has(right, axis) && !Has(left, axis));
        var rows = target.Shape.Where(axis => Has(left, axis) && !Has(right, axis)).ToList();
        var depth = fold.Over.OrderByDescending(axis => Stride(left, axis)).ToList();

        // The right operand must have contiguous columns and its depth in one stride; the left its depth in one stride.
        if (Merge(depth, left) is null)
            left = Packed(steps, assignment, left, [.. target.Shape.Where(axis => Has(left, axis)), .. depth]);
        if (Merge(columns, right) != 1 || Merge(depth, right) is null)
        {
            if (rows.Count == 0)
                return null;
            right = Packed(steps, assignment, right, [.. target.Shape.Where(axis => Has(right, axis) && !columns.Contains(axis)), .. depth, .. columns]);
        }

        if (start is not null && columns.Count > 0 && Merge(columns, start) != 1)
            return null;

        var result = target.Here;
        var inner = LongestRun(rows, axes => Merge(axes, left) is not null && Merge(axes, result) is not null && (start is null || Merge(axes, start) is not null));
        var outer = target.Shape.Where(axis => !inner.Contains(axis) && !columns.Contains(axis));
        steps.Add(new ProductStep(
            [assignment],
            new([.. outer.Select(axis => new OuterLoop(LoopVariable.Along(axis), Stride(result, axis), Stride(left, axis), Stride(right, axis), start is null ? 0 : Stride(start, axis)))]),
            Length(inner), Length(columns), Length(depth),
            new Matrix(target, Merge(inner, result)!.Value, 1),
            new Matrix((Value)left.Source, Merge(inner, left)!.Value, Merge(depth, left)!.Value),
            new Matrix((Value)right.Source, Merge(depth, right)!.Value, 1),
            start is null ? null : new Matrix((Value)start.Source, Merge(inner, start)!.Value, 1)));
        return steps;
    }

    // Left and right such that the target's innermost axis, along which vectors lie, is the right one's alone.
    static (Element Left, Element Right)? Operands(Fold fold, Value target)
    {
        if (fold is not { Reduction: Reduction.Sum, Body: Apply { Function: var function, Arguments: [Element x, Element y] } } || function != ScalarFunction.Multiply)
            return null;
        if (!IsPlain(x) || !IsPlain(y) || target.Shape.Count == 0 || !fold.Over.All(axis => Has(x, axis) && Has(y, axis)))
            return null;
        if (!target.Shape.All(axis => Has(x, axis) || Has(y, axis)))
            return null;
        var innermost = target.Shape[^1];
        return (Has(x, innermost), Has(y, innermost)) switch
        {
            (false, true) => (x, y),
            (true, false) => (y, x),
            _ => null,
        };
    }

    static bool IsPlain(Element element) =>
        element.Source.Type == ElementType.Number && element.At.All(index => index is AxisIndex) && element.At.Distinct().Count() == element.At.Count;

    static bool Has(Element element, Axis axis) => element.At.Contains(new AxisIndex(axis));

    static int Stride(Element element, Axis axis)
    {
        var strides = element.Source.Shape.DenseStrides();
        for (var i = 0; i < strides.Length; i++)
        {
            if (element.At[i] is AxisIndex along && along.Axis == axis)
                return strides[i];
        }

        return 0;
    }

    // The one stride at which the element walks through all the axes, outermost first; null if it does not. No axes: any stride will do.
    static int? Merge(IReadOnlyList<Axis> axes, Element element)
    {
        for (var i = 0; i + 1 < axes.Count; i++)
        {
            if (Stride(element, axes[i]) != Stride(element, axes[i + 1]) * axes[i + 1].Length)
                return null;
        }

        return axes.Count == 0 ? 1 : Stride(element, axes[^1]);
    }

    static int Length(IEnumerable<Axis> axes) => axes.Aggregate(1, (product, axis) => product * axis.Length);

    static List<Axis> TrailingRun(Shape shape, Func<Axis, bool> belongs) => [.. shape.Reverse().TakeWhile(belongs).Reverse()];

    static List<Axis> LongestRun(List<Axis> axes, Func<IReadOnlyList<Axis>, bool> fits)
    {
        for (var skip = 0; skip < axes.Count; skip++)
        {
            if (fits(axes[skip..]))
                return axes[skip..];
        }

        return [];
    }

    static Element Packed(List<Step> steps, Assignment assignment, Element element, Shape shape)
    {
        var copy = new Value($"{element.Source.Name}.transposed", shape, ElementType.Number, null);
        var line = new Assignment(assignment.Section, copy, element);
        steps.Add(Transpose(line, element, shape) ?? (Step)new NestStep([line], NestLowering.Lower(line)));
        return copy.Here;
    }

    // A copy is a transposition where the source's axes, cut in two somewhere, change places.
    static TransposeStep? Transpose(Assignment line, Element element, Shape shape)
    {
        List<Axis> axes = [.. element.At.Select(index => ((AxisIndex)index).Axis)];
        for (var cut = 1; cut < axes.Count; cut++)
        {
            if (axes[cut..].Concat(axes[..cut]).SequenceEqual(shape))
                return new TransposeStep([line], Length(axes[..cut]), Length(axes[cut..]), line.Target, (Value)element.Source);
        }

        return null;
    }
}

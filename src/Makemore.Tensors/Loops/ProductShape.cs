using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>A sum of products seen as a matrix product: which operand is left and which right, which axes are rows, columns and depth.</summary>
/// <param name="Left">The operand without the result's innermost axis.</param>
/// <param name="Right">The operand with it.</param>
/// <param name="Rows">Axes of the result that only the left operand has.</param>
/// <param name="Columns">The result's last axes that only the right operand has; vectors lie along them.</param>
/// <param name="Depth">The axes summed over, in the order of the left operand's.</param>
sealed record ProductShape(Element Left, Element Right, IReadOnlyList<Axis> Rows, IReadOnlyList<Axis> Columns, IReadOnlyList<Axis> Depth)
{
    /// <summary>The shape of a sum, or null where it is no matrix product.</summary>
    public static ProductShape? Of(Fold fold, Value target)
    {
        if (fold is not { Reduction: Reduction.Sum, Body: Apply { Function: var function, Arguments: [Element x, Element y] } } || function != ScalarFunction.Multiply)
            return null;
        if (!IsPlain(x) || !IsPlain(y) || target.Shape.Count == 0 || !fold.Over.All(axis => Has(x, axis) && Has(y, axis)) || !target.Shape.All(axis => Has(x, axis) || Has(y, axis)))
            return null;
        var innermost = target.Shape[^1];
        if (Has(x, innermost) == Has(y, innermost))
            return null;
        var (left, right) = Has(y, innermost) ? (x, y) : (y, x);
        return new ProductShape(
            left,
            right,
            [.. target.Shape.Where(axis => Has(left, axis) && !Has(right, axis))],
            [.. target.Shape.Reverse().TakeWhile(axis => Has(right, axis) && !Has(left, axis)).Reverse()],
            [.. AxesOf(left).Where(fold.Over.Contains)]);
    }

    /// <summary>Whether an element is a number read along axes, each once: it moves along each at a stride of its own.</summary>
    public static bool IsPlain(Element element) =>
        element.Source.Type == ElementType.Number && !element.Parts.Any() && AxesOf(element).Distinct().Count() == AxesOf(element).Count();

    /// <summary>Whether a plain element's strides are not all those of its value's axes: it reads a window, a slice, a part of an axis.</summary>
    public static bool IsView(Element element) => element.At.Any(index => index is Affine);

    /// <summary>Whether an element moves along an axis.</summary>
    public static bool Has(Element element, Axis axis) => AxesOf(element).Contains(axis);

    /// <summary>The axes of a plain element, in the order of its value's.</summary>
    public static IEnumerable<Axis> AxesOf(Element element) => element.At.SelectMany(index => index.Axes);

    /// <summary>For each value of a product, how many of its last axes the product would walk through at one stride.</summary>
    public static IEnumerable<(Value Value, int Axes)> RowsOf(Fold fold, Value target)
    {
        if (Of(fold, target) is not { } product)
            yield break;
        yield return (target, product.Columns.Count);
        foreach (var (operand, groups) in new[] { (product.Left, new[] { product.Depth, product.Rows }), (product.Right, [product.Columns]) })
        {
            var axes = AxesOf(operand).ToList();
            foreach (var group in groups.Where(group => group.Count <= axes.Count && axes[^group.Count..].SequenceEqual(group)))
                yield return ((Value)operand.Source, operand.At.Count(index => index.Axes.Intersect(group).Any()));
        }
    }
}

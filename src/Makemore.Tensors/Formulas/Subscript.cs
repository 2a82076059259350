using Makemore.Tensors.Axes;

namespace Makemore.Tensors.Formulas;

/// <summary>Which element along one axis of a source an <see cref="Element"/> reads, or a <see cref="Destination"/> names.</summary>
public abstract record Subscript
{
    /// <summary>The indices that run along a shape's own axes: element <c>[a, b]</c> at <c>[a, b]</c>.</summary>
    public static ValueList<Subscript> Identity(Shape shape) => new([.. shape.Select(axis => new AxisIndex(axis))]);

    /// <summary>The indices that run along a shape's own axes, but for one of them.</summary>
    public static ValueList<Subscript> Identity(Shape shape, Axis axis, Subscript index) => new([.. shape.Select(other => other == axis ? index : new AxisIndex(other))]);

    /// <summary>The index as a sum of indices times factors; the number that is added is <see cref="Start"/>.</summary>
    public virtual ValueList<AffineTerm> Terms => [new AffineTerm(1, this)];

    /// <summary>What the index is where every index in it is 0.</summary>
    public virtual int Start => 0;

    /// <summary>The axes of the loop along which the index moves by itself, in the order of its terms.</summary>
    public IEnumerable<Axis> Axes => Terms.Select(term => term.Index).OfType<AxisIndex>().Select(along => along.Axis);

    /// <summary>The elements that are looked up.</summary>
    public IEnumerable<Element> Lookups => Terms.Select(term => term.Index).OfType<Lookup>().Select(lookup => lookup.Element);

    /// <summary>The smallest and the largest position that the index comes to while its axes run from end to end; it must look nothing up.</summary>
    public (long First, long Last) Range => Terms.Aggregate((First: (long)Start, Last: (long)Start), (range, term) =>
    {
        var reach = (long)term.Factor * (((AxisIndex)term.Index).Axis.Length - 1);
        return (range.First + Math.Min(reach, 0), range.Last + Math.Max(reach, 0));
    });

    /// <summary>The index with others in place of those it is made of.</summary>
    public Subscript Replace(Func<Subscript, Subscript> replace) =>
        this is Affine affine ? Affine.Of(affine.Terms.Select(term => (term.Factor, replace(term.Index))), affine.Start) : replace(this);

    /// <summary>The index as a number.</summary>
    public Scalar AsNumber()
    {
        var terms = Terms.Select(term =>
        {
            var index = term.Index is AxisIndex along ? new AxisPosition(along.Axis) : (Scalar)((Lookup)term.Index).Element;
            return term.Factor == 1 ? index : ScalarFunction.Multiply.Of(new Literal(term.Factor), index);
        }).ToList();
        if (Start != 0 || terms.Count == 0)
            terms.Add(new Literal(Start));
        return terms.Aggregate((sum, term) => ScalarFunction.Add.Of(sum, term));
    }

    /// <inheritdoc/>
    public sealed override string ToString() => ScalarPrinter.Print(this);
}

/// <summary>The position along an axis of the loop.</summary>
public sealed record AxisIndex(Axis Axis) : Subscript;

/// <summary>A position read from a tensor of indices: <c>x[batch, block]</c> in <c>C[x[batch, block], embed]</c>.</summary>
public sealed record Lookup(Element Element) : Subscript;

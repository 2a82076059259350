using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Expressions;

/// <summary>An operand of an einsum: which of its axes each index means, and the operand seen along the labels.</summary>
sealed class EinsumOperand
{
    readonly EinsumNotation notation;
    readonly EinsumIndices written;
    readonly Dictionary<EinsumIndex, Axis> axes = new(ReferenceEqualityComparer.Instance);

    /// <summary>Finds which axis each index means: by name where one names it, otherwise by order.</summary>
    public EinsumOperand(EinsumNotation notation, EinsumIndices written, Tensor tensor)
    {
        this.notation = notation;
        this.written = written;
        Tensor = tensor;
        var free = tensor.Shape.ToList();
        foreach (var index in written.Indices.OrderBy(index => index.Label is null))
        {
            if (free.Find(axis => index.Terms.Any(term => term.Label == axis.Name)) is { } named)
            {
                axes[index] = named;
                free.Remove(named);
            }
        }

        var unnamed = written.Indices.Where(index => !index.IsEllipsis && !axes.ContainsKey(index)).ToList();
        if (unnamed.Count > free.Count)
            throw notation.Mistake(unnamed[free.Count].Position, $"'{tensor.Description}' has no axis left for '{unnamed[free.Count].Text}', only {tensor.Shape}");
        if (unnamed.Count < free.Count && written.Ellipsis is null)
            throw notation.Mistake(written.Position, $"'{tensor.Description}' has the axes {tensor.Shape}, and nothing stands for '{free[unnamed.Count].Name}'; '...' would stand for the rest");
        var before = unnamed.Count(index => index.Position < written.Ellipsis?.Position);
        for (var i = 0; i < unnamed.Count; i++)
            axes[unnamed[i]] = i < before ? free[i] : free[^(unnamed.Count - i)];
        Rest = [.. free.Except(axes.Values)];
    }

    /// <summary>The tensor.</summary>
    public Tensor Tensor { get; }

    /// <summary>The axes that <c>...</c> stands for.</summary>
    public Shape Rest { get; }

    /// <summary>The labels that mean an axis by themselves.</summary>
    public IEnumerable<(EinsumTerm Label, Axis Axis)> Labels => Indices.Where(index => index.Label is not null).Select(index => (index.Terms[0], axes[index]));

    /// <summary>The other indices: sums of labels and numbers.</summary>
    public IEnumerable<(EinsumIndex Index, Axis Axis)> Sums => Indices.Where(index => index.Label is null).Select(index => (index, axes[index]));

    IEnumerable<EinsumIndex> Indices => written.Indices.Where(index => !index.IsEllipsis);

    /// <summary>The elements along the axes of the labels and the rest.</summary>
    /// <param name="lengths">An axis for each label.</param>
    /// <param name="outside">What lies before the beginning.</param>
    public Tensor View(EinsumLengths lengths, double outside)
    {
        var (tensor, at) = (Tensor, Tensor.Shape.ToDictionary(axis => axis, axis => (Subscript)new AxisIndex(axis)));
        foreach (var (index, axis) in axes)
        {
            if (index.Label is null)
                CheckRange(index, axis, lengths);
            var padding = Math.Max(-index.Start, 0);
            if (padding > 0)
            {
                ShapeErrors.CheckNumbers(Tensor);
                tensor = tensor.Pad(axis, padding, 0, new Axis(axis.Name, axis.Length + padding), outside);
            }

            at[axis] = Affine.Of(index.Terms.Select(term => (term.Factor, lengths[term.Label])), index.Start + padding);
        }

        ValueList<Subscript> subscripts = [.. Tensor.Shape.Select(axis => at[axis])];
        Shape shape = [.. subscripts.SelectMany(subscript => subscript.Axes)];
        return Sums.Any() ? Expressions.View.Of(Operation, shape, tensor, subscripts) : Expressions.View.Rename(tensor, shape);
    }

    string Operation => Sums.Max(sum => sum.Index.Terms.Count) switch { 0 => "at", 1 => "slice", _ => "window" };

    void CheckRange(EinsumIndex index, Axis axis, EinsumLengths lengths)
    {
        var last = index.Terms.Aggregate((long)index.Start, (sum, term) => sum + ((long)term.Factor * (lengths[term.Label].Length - 1)));
        if (last >= axis.Length)
            throw notation.Mistake(index.Position, $"'{index.Text}' reaches position {last} of axis '{axis.Name}', and '{Tensor.Description}' has only 0 to {axis.Length - 1}");
    }
}

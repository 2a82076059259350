using Makemore.Tensors.Axes;

namespace Makemore.Tensors.Expressions;

/// <summary>How long each label of an einsum is, and who says so.</summary>
sealed class EinsumLengths(EinsumNotation notation)
{
    readonly Dictionary<string, (Axis Axis, string Source)> known = [];

    /// <summary>The axis of a label, called by it.</summary>
    public Axis this[string label] => known[label].Axis;

    /// <summary>Whether the label has a length.</summary>
    public bool Has(string label) => known.ContainsKey(label);

    /// <summary>A label is as long as an axis.</summary>
    /// <param name="label">The label, at its place.</param>
    /// <param name="axis">The axis, of whatever name.</param>
    /// <param name="source">Who says so: <c>in 'x'</c>.</param>
    /// <exception cref="EinsumException">It has another length already.</exception>
    public void Set(EinsumTerm label, Axis axis, string source)
    {
        var called = axis.Name == label.Label ? axis : axis.Called(label.Label);
        if (!known.TryAdd(label.Label, (called, source)) && known[label.Label] is var (other, first) && !other.Meets(called))
            throw notation.Mistake(label.Position, $"'{label.Label}' has length {other.LengthText} {first} and {axis.LengthText} {source}");
    }

    /// <summary>Labels that stand only in sums become as long as fits: where one sum lacks one length, then where that helps others.</summary>
    public void Solve(IEnumerable<EinsumOperand> operands)
    {
        var sums = operands.SelectMany(operand => operand.Sums.Select(sum => (operand.Tensor, sum.Index, sum.Axis))).ToList();
        while (true)
        {
            var open = sums.Select(sum => (sum.Tensor, sum.Index, sum.Axis, Terms: sum.Index.Terms.Where(term => !Has(term.Label)).ToList())).Where(sum => sum.Terms.Count == 1).ToList();
            if (open.Count == 0)
                return;
            var label = open[0].Terms[0].Label;
            var (fits, tensor, term) = open.Where(sum => sum.Terms[0].Label == label).Select(sum => (Fitting(sum.Index, sum.Axis), sum.Tensor, sum.Terms[0])).MinBy(way => way.Item1);
            if (fits < 1)
                throw notation.Mistake(term.Position, $"'{label}' finds no room in '{tensor.Description}', of the axes {tensor.Shape}");
            Set(term, new Axis(label, (int)fits), $"in '{tensor.Description}'");
        }
    }

    // Where all other labels of the sum are at their ends.
    long Fitting(EinsumIndex index, Axis axis)
    {
        var (room, factor) = ((long)axis.Length - 1 - index.Start, 1);
        foreach (var term in index.Terms)
        {
            if (Has(term.Label))
                room -= (long)term.Factor * (this[term.Label].Length - 1);
            else
                factor = term.Factor;
        }

        return room < 0 ? 0 : (room / factor) + 1;
    }
}

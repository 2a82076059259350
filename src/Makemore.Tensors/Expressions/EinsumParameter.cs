using Makemore.Tensors.Axes;

namespace Makemore.Tensors.Expressions;

/// <summary>A parameter whose axes an einsum completes: it states some, and the labels of other operands fix the rest.</summary>
sealed class EinsumParameter
{
    readonly EinsumNotation notation;
    readonly Parameter parameter;
    readonly Shape stated;
    readonly List<EinsumTerm> labels = [];
    readonly Dictionary<string, Axis> own = [];

    /// <summary>The parameter, which is still open.</summary>
    public EinsumParameter(EinsumNotation notation, EinsumIndices written, Parameter parameter, Shape stated)
    {
        (this.notation, this.parameter, this.stated) = (notation, parameter, stated);
        foreach (var index in written.Indices)
            labels.Add(index.Label is null ? throw notation.Mistake(index.Position, $"'{index.Text}' says no length, and '{parameter.Name}' has only the axes {stated} yet: all its indices are labels") : index.Terms[0]);
    }

    /// <summary>Labels that are names of stated axes mean those.</summary>
    public void BindNamed(EinsumLengths lengths)
    {
        foreach (var label in labels)
        {
            if (stated.Find(label.Label) is { } axis)
                Bind(label, axis, lengths);
        }
    }

    /// <summary>The other stated axes are meant, in their order, by the labels that nothing else fixes.</summary>
    public void BindOthers(EinsumLengths lengths)
    {
        var axes = stated.Without(own.Values);
        var open = labels.Where(label => !lengths.Has(label.Label)).ToList();
        if (axes.Count == 0)
            return;
        if (open.Count != axes.Count)
            throw notation.Mistake((open.Count > 0 ? open : labels).Select(label => label.Position).FirstOrDefault(1), $"'{parameter.Name}' states {axes}, and {Named(open)} could mean that");
        foreach (var (label, axis) in open.Zip(axes))
            Bind(label, axis, lengths);
    }

    /// <summary>What has no length yet is left open: another use will fix it.</summary>
    public void BindOpen(EinsumLengths lengths)
    {
        foreach (var label in labels.Where(label => !lengths.Has(label.Label)))
            Bind(label, parameter.OpenAxis(label.Label), lengths);
    }

    /// <summary>The parameter with all its axes, in the order of its labels.</summary>
    public Parameter Complete(EinsumLengths lengths)
    {
        if (parameter.IsOpen(out _))
            parameter.Complete([.. labels.Select(label => own.GetValueOrDefault(label.Label) ?? lengths[label.Label])]);
        return parameter;
    }

    void Bind(EinsumTerm label, Axis axis, EinsumLengths lengths)
    {
        own[label.Label] = axis;
        lengths.Set(label, axis, ShapeErrors.In(parameter, axis));
    }

    static string Named(List<EinsumTerm> labels) => labels.Count == 0 ? "no label" : string.Join(" or ", labels.Select(label => $"'{label.Label}'"));
}

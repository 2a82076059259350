using Makemore.Tensors.Axes;

namespace Makemore.Tensors.Expressions;

/// <summary>A new value for a parameter, stored when the whole program has read the old one.</summary>
public sealed record Update
{
    /// <summary>The parameter becomes the value.</summary>
    /// <exception cref="ShapeException">The value has other axes than the parameter, or the parameter has a bounded one.</exception>
    public Update(Parameter target, Tensor value)
    {
        if (!target.Shape.SameAxes(value.Shape))
            throw ShapeErrors.Of($"'{target.Name}' has the axes {target.Shape} and its new value '{value.Description}' has {value.Shape}");
        CheckFixed(target);
        Target = target;
        Value = value;
    }

    /// <summary>The parameter becomes the value where indices say, <c>cache[batch, position[batch]] = key[batch]</c>, and stays what it was everywhere else.</summary>
    /// <param name="target">What changes.</param>
    /// <param name="at">Positions along one of its axes, none twice: [batch].</param>
    /// <param name="value">What it becomes there: the target's axes but that one, and all of the indices'.</param>
    /// <exception cref="ShapeException">These are no indices, they lack the target's axes, or the value has others than it should; or an axis is bounded.</exception>
    public Update(Parameter target, Tensor at, Tensor value)
    {
        if (at.Into is not { } axis)
            throw ShapeErrors.Of($"'{at.Description}' holds numbers, where positions along an axis of '{target.Name}' are needed");
        ShapeErrors.CheckHas(target, [axis, .. at.Shape]);
        if (!target.Shape.Without([axis]).SameAxes(value.Shape))
            throw ShapeErrors.Of($"'{target.Name}' at '{at.Description}' has the axes {target.Shape.Without([axis])} and its new value '{value.Description}' has {value.Shape}");
        CheckFixed(target);
        Target = target;
        At = at;
        Value = value;
    }

    /// <summary>What changes.</summary>
    public Parameter Target { get; }

    /// <summary>Where it changes; null for everywhere.</summary>
    public Tensor? At { get; }

    /// <summary>What it becomes.</summary>
    public Tensor Value { get; }

    /// <summary>The expressions that it is made of.</summary>
    internal IEnumerable<Tensor> Expressions => At is null ? [Value] : [Value, At];

    static void CheckFixed(Parameter target)
    {
        if (target.Shape.FirstOrDefault(axis => axis.IsBounded) is { } bounded)
            throw ShapeErrors.Of($"'{target.Name}' cannot be updated: each run sets the length of its axis '{bounded.Name}', and would change a part of it only");
    }

    /// <summary>The same change made of other expressions.</summary>
    internal Update With(Func<Tensor, Tensor> replace) => At is null ? new(Target, replace(Value)) : new(Target, replace(At), replace(Value));
}

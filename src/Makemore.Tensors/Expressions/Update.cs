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
        if (target.Shape.FirstOrDefault(axis => axis.IsBounded) is { } bounded)
            throw ShapeErrors.Of($"'{target.Name}' cannot be updated: each run sets the length of its axis '{bounded.Name}', and would change a part of it only");
        Target = target;
        Value = value;
    }

    /// <summary>What changes.</summary>
    public Parameter Target { get; }

    /// <summary>What it becomes.</summary>
    public Tensor Value { get; }
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Programs;

/// <summary>A tensor of a program with a place in memory: a leaf that the caller owns, or what an assignment computes.</summary>
public sealed class Value(string name, Shape shape, ElementType type, Leaf? leaf) : IElementSource
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public Shape Shape { get; } = shape;

    /// <inheritdoc/>
    public ElementType Type { get; } = type;

    /// <summary>The leaf whose elements these are, or null for what is computed.</summary>
    public Leaf? Leaf { get; } = leaf;

    /// <summary>The element at the loop's own position.</summary>
    public Element Here => new(this, Subscript.Identity(Shape));

    /// <inheritdoc/>
    public override string ToString() => Name + ScalarPrinter.Print(Subscript.Identity(Shape));
}

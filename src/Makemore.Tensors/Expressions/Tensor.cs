using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Expressions;

/// <summary>An expression: an immutable node of a graph, made of a primitive, its operands and the axes of its result.</summary>
/// <remarks>
/// Nothing is computed while expressions are built; shapes are checked, and a mistake is a <see cref="ShapeException"/> that names
/// the axis, the lengths, the tensors and the caller's line. A primitive is a subclass, one file each; it says its shape, its
/// <see cref="Formula"/> and its gradient, and no later stage knows more of it than that.
/// </remarks>
public abstract partial class Tensor
{
    string? name;

    private protected Tensor(Shape shape, params Tensor[] operands)
    {
        Shape = shape;
        Operands = operands;
    }

    /// <summary>The axes of the result.</summary>
    public virtual Shape Shape { get; }

    /// <summary>What the elements are: numbers, or positions along <see cref="Into"/>.</summary>
    public ElementType Type => Into is null ? ElementType.Number : ElementType.Index;

    /// <summary>For a tensor of indices the axis they point into, otherwise null.</summary>
    public virtual Axis? Into => null;

    /// <summary>The expressions this one is computed from.</summary>
    public IReadOnlyList<Tensor> Operands { get; private set; }

    /// <summary>The name given with <see cref="As"/>, or null.</summary>
    public string? Name => name;

    /// <summary>How one element is computed; null for a leaf, whose elements are given.</summary>
    public abstract Formula? Formula { get; }

    /// <summary>What a value of this kind is called when nobody named it.</summary>
    public abstract string Operation { get; }

    /// <summary>For each operand its part of the gradient, given the gradient by this result; null where none flows.</summary>
    /// <param name="upstream">The gradient by this result, of its shape.</param>
    public abstract IReadOnlyList<Tensor?> OperandGradients(Tensor upstream);

    /// <summary>The same expression under a name, which programs, loops and generated code print on a line of its own.</summary>
    /// <remarks>The result is a node of its own: go on with it, and ask for gradients by it, not by the expression before it was named.</remarks>
    /// <exception cref="ArgumentException">The name is empty, or this is a leaf and has one.</exception>
    public Tensor As(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (this is Leaf leaf)
            throw new ArgumentException($"'{leaf.Name}' has a name already", nameof(name));
        var named = (Tensor)MemberwiseClone();
        named.name = name;
        return named;
    }

    /// <summary>The same operation on other operands, each of the shape of the one it replaces.</summary>
    internal Tensor WithOperands(IReadOnlyList<Tensor> operands)
    {
        var copy = (Tensor)MemberwiseClone();
        copy.Operands = operands;
        return copy;
    }

    /// <summary>What messages call it: its name, or its operation and shape.</summary>
    public string Description => name ?? $"{Operation}{Shape}";

    /// <inheritdoc/>
    public override string ToString() => Description;

    private protected static Operand OperandOf(int number, Tensor tensor) => new(number, tensor.Shape, tensor.Type);

    private protected void Rename(string leafName) => name = leafName;
}

using Makemore.Tensors.Axes;

namespace Makemore.Tensors.Formulas;

/// <summary>What a primitive does: how one element of its result comes from elements of its operands.</summary>
/// <param name="Body">The element, in terms of <see cref="Operand"/>s.</param>
/// <param name="Destination">
/// Null where the body is computed at every place of the result. Otherwise the body is computed at every place of its operand
/// and added to the element of the result that these indices name; elements never named are 0.
/// </param>
public sealed record Formula(Scalar Body, Destination? Destination = null);

/// <summary>Where the values of a formula go when not to their own place.</summary>
/// <param name="Over">The axes of the loop.</param>
/// <param name="To">The element of the result that receives the value, one index for each axis of the result.</param>
public sealed record Destination(Shape Over, ValueList<Subscript> To);

/// <summary>An operand of a primitive as its formula knows it: by its place.</summary>
public sealed record Operand(int Number, Shape Shape, ElementType Type) : IElementSource
{
    /// <inheritdoc/>
    public string Name => $"operand{Number}";

    /// <summary>The element at the loop's own position.</summary>
    public Element Here => new(this, Subscript.Identity(Shape));
}

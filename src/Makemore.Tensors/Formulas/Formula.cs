using Makemore.Tensors.Axes;

namespace Makemore.Tensors.Formulas;

/// <summary>What a primitive does: how the elements of its result come from elements of its operands.</summary>
/// <param name="Writes">Usually one; several where parts of the result come from different operands. They happen in order.</param>
public sealed record Formula(ValueList<Write> Writes)
{
    /// <summary>A formula of one write.</summary>
    public Formula(Scalar body, Destination? destination = null)
        : this([new Write(body, destination)])
    {
    }
}

/// <summary>How elements of a result come about.</summary>
/// <param name="Body">The element, in terms of <see cref="Operand"/>s.</param>
/// <param name="Destination">Null where the body is computed at every place of the result.</param>
public sealed record Write(Scalar Body, Destination? Destination);

/// <summary>Where the values of a formula go when not to their own place.</summary>
/// <param name="Over">The axes of the loop.</param>
/// <param name="To">The element of the result that receives the value, one index for each axis of the result.</param>
/// <param name="Adds">Whether values are added to what is there: several may go to one element. Otherwise each is stored, at most one to an element.</param>
/// <param name="Elsewhere">What every element of the result holds before; null where other writes have seen to them, or will.</param>
public sealed record Destination(Shape Over, ValueList<Subscript> To, bool Adds, double? Elsewhere);

/// <summary>An operand of a primitive as its formula knows it: by its place.</summary>
public sealed record Operand(int Number, Shape Shape, ElementType Type) : IElementSource
{
    /// <inheritdoc/>
    public string Name => $"operand{Number}";

    /// <summary>The element at the loop's own position.</summary>
    public Element Here => new(this, Subscript.Identity(Shape));
}

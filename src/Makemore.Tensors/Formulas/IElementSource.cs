using Makemore.Tensors.Axes;

namespace Makemore.Tensors.Formulas;

/// <summary>Something with elements that a formula can read: an operand of a primitive, or a value of a program.</summary>
public interface IElementSource
{
    /// <summary>What it is called where formulas are printed.</summary>
    string Name { get; }

    /// <summary>Its axes.</summary>
    Shape Shape { get; }

    /// <summary>What its elements are.</summary>
    ElementType Type { get; }
}

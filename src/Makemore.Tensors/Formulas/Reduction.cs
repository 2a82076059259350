namespace Makemore.Tensors.Formulas;

/// <summary>How the elements along an axis become one.</summary>
public enum Reduction
{
    /// <summary>Their sum, 0 for none.</summary>
    Sum,

    /// <summary>The largest, −∞ for none.</summary>
    Maximum,
}

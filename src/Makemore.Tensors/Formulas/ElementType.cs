namespace Makemore.Tensors.Formulas;

/// <summary>What the elements of a tensor are.</summary>
public enum ElementType
{
    /// <summary>A number: <see cref="float"/> in compiled code, <see cref="double"/> in the interpreter.</summary>
    Number,

    /// <summary>A position along some axis: <see cref="int"/> in compiled code.</summary>
    Index,
}

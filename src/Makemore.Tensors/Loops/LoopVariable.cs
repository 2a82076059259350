using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Loops;

/// <summary>What a loop counts: an axis, or several neighbours merged into one.</summary>
/// <param name="Name">The axes' names, joined.</param>
/// <param name="Length">How far it counts.</param>
/// <param name="IsMerged">Whether it counts several axes: one of them all may have a name that equals the joined ones.</param>
public sealed record LoopVariable(string Name, int Length, bool IsMerged = false)
{
    /// <summary>The variable that runs along an axis.</summary>
    public static LoopVariable Along(Axis axis) => new(axis.Name, axis.Length);
}

/// <summary>Where the loop stands, as a number from 0.</summary>
public sealed record VariablePosition(LoopVariable Variable) : Scalar
{
    /// <inheritdoc/>
    protected internal override string PrintAtom() => Variable.Name;
}

/// <summary>A number kept in a local variable: the running value of a sum or a maximum.</summary>
public sealed record Local(string Name) : Scalar
{
    /// <inheritdoc/>
    protected internal override string PrintAtom() => Name;
}

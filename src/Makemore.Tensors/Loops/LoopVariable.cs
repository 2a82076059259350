using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Loops;

/// <summary>What a loop counts: an axis, or several neighbours merged into one.</summary>
/// <param name="Name">The axes' names, joined.</param>
/// <param name="Length">How far it counts; along a bounded axis, the furthest.</param>
/// <param name="IsMerged">Whether it counts several axes: one of them all may have a name that equals the joined ones.</param>
public sealed record LoopVariable(string Name, int Length, bool IsMerged = false)
{
    /// <summary>The bounded axis that says how far it counts in a run, in proportion; null where it counts to <see cref="Length"/> always.</summary>
    public Axis? Bounded { get; init; }

    /// <summary>How far it counts.</summary>
    public Count Count => new(Length, Bounded);

    /// <summary>The variable that runs along an axis.</summary>
    public static LoopVariable Along(Axis axis) => new(axis.Name, axis.Length) { Bounded = axis.Bounded };
}

/// <summary>A number of things: always the same, or in proportion to the length of a bounded axis.</summary>
/// <param name="Most">The number; where there is a bounded axis, when that is as long as it can be.</param>
/// <param name="Bounded">The axis.</param>
public readonly record struct Count(int Most, Axis? Bounded)
{
    /// <summary>The number as an expression.</summary>
    /// <param name="length">What the length of an axis is called.</param>
    /// <param name="times">The sign of a product.</param>
    public string Text(Func<Axis, string> length, string times = " * ") =>
        Bounded is null ? $"{Most}" : Most == Bounded.Length ? length(Bounded) : $"{length(Bounded)}{times}{Most / Bounded.Length}";

    /// <inheritdoc/>
    public override string ToString() => Text(axis => $"|{axis.Name}|", "·");
}

/// <summary>Where the loop stands, as a number from 0.</summary>
public sealed record VariablePosition(LoopVariable Variable) : Scalar
{
    /// <inheritdoc/>
    protected internal override string PrintAtom() => Variable.Name;
}

/// <summary>A number kept in a local variable: the running value of a sum or a maximum, or what a line has just made.</summary>
public sealed record Local(string Name) : Scalar
{
    /// <summary>The variable along which there is a number for every value of it, kept from one loop over it to the next; null for one number.</summary>
    public LoopVariable? Along { get; init; }

    /// <inheritdoc/>
    protected internal override string PrintAtom() => Name;
}

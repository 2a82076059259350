using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Programs;

/// <summary>One line of a program: a value, and how its elements come about.</summary>
/// <param name="Section">Which part of the program the line belongs to.</param>
/// <param name="Target">What is assigned.</param>
/// <param name="Body">How one element is computed.</param>
/// <param name="Destination">Null where every element is computed at its own place; otherwise where the values go. A value may be written by several such lines.</param>
public sealed record Assignment(Section Section, Value Target, Scalar Body, Destination? Destination = null)
{
    /// <summary>Every element the line reads, those that only look up an index among them.</summary>
    public IEnumerable<Element> Reads =>
        Body.All.Concat(Destination?.To.SelectMany(index => index.Lookups).SelectMany(element => element.All) ?? []).OfType<Element>();

    /// <summary>The assignment as mathematics, in two parts: what stands left of the sign, and the sign with what follows.</summary>
    public (string Left, string Right) Print()
    {
        var left = Target.Name + ScalarPrinter.Print(Destination?.To ?? Target.Here.At);
        return Body switch
        {
            _ when Destination is { Adds: true } => (left, $"+= {Body}"),
            _ when Destination is { Elsewhere: { } elsewhere } => (left, $"= {Body}, elsewhere {ScalarPrinter.Print(elsewhere)}"),
            Apply { Function: var function, Arguments: [var old, var change] } when function == ScalarFunction.Subtract && old.Equals(Target.Here) => (left, $"−= {change}"),
            Apply { Function: var function, Arguments: [var old, var change] } when function == ScalarFunction.Add && old.Equals(Target.Here) => (left, $"+= {change}"),
            _ => (left, $"= {Body}"),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Print() is var (left, right) ? $"{left} {right}" : "";
}

/// <summary>A part of a program.</summary>
public enum Section
{
    /// <summary>What the outputs need.</summary>
    Forward,

    /// <summary>What only the updates need: gradients.</summary>
    Backward,

    /// <summary>New values of parameters.</summary>
    Update,
}

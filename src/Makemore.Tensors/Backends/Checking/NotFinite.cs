using System.Text;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Backends.Checking;

/// <summary>The first number of a run that is NaN or infinite, and what it was computed from.</summary>
/// <param name="Assignment">The line that computed it.</param>
/// <param name="Position">Where it stands, a position for each axis of the line's target.</param>
/// <param name="Value">NaN or an infinity.</param>
/// <param name="Operands">What the line reads.</param>
public sealed record NotFinite(Assignment Assignment, IReadOnlyList<(Axis Axis, int Position)> Position, double Value, IReadOnlyList<OperandRange> Operands)
{
    /// <summary>The element by the names of the axes: <c>logits[batch=3,vocab=0]</c>.</summary>
    public string Element =>
        Assignment.Target.Name + (Position.Count == 0 ? "" : $"[{string.Join(',', Position.Select(along => $"{along.Axis.Name}={along.Position}"))}]");

    /// <summary>The line as mathematics, and under it a line for each operand: its range as a whole, and the range of what was read for the element.</summary>
    public string Explanation
    {
        get
        {
            var text = new StringBuilder().Append(Assignment);
            var width = Operands.Select(operand => operand.Element.ToString().Length).DefaultIfEmpty(0).Max();
            foreach (var operand in Operands)
                text.Append($"\n  {operand.Element.ToString().PadRight(width)}  {Range(operand.Whole)}; there {Range(operand.There)}");
            return text.ToString();
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Element} is {Number(Value)}: {Explanation}";

    /// <summary>A number as these texts have it.</summary>
    public static string Number(double value) => ScalarPrinter.Print(value, digits: 6);

    static string Range(Statistics numbers)
    {
        var nan = double.IsNaN(numbers.Minimum);
        var range = numbers.Minimum.Equals(numbers.Maximum) ? Number(numbers.Minimum) : $"{Number(numbers.Minimum)}..{Number(numbers.Maximum)}";
        return numbers.NotFinite == 0 || numbers.Count == 1 || nan ? range : $"{range} ({numbers.NotFinite:N0} of {numbers.Count:N0} not finite)";
    }
}

/// <summary>What a line reads of one tensor.</summary>
/// <param name="Element">The element as the line has it.</param>
/// <param name="Whole">The range of the whole tensor.</param>
/// <param name="There">The range of what was read for one element of the line's target.</param>
public sealed record OperandRange(Element Element, Statistics Whole, Statistics There);

/// <summary>A number that is NaN or infinite was computed, where every number was to be checked.</summary>
public sealed class NotFiniteException(NotFinite cause) : Exception(cause.ToString())
{
    /// <summary>The number.</summary>
    public NotFinite Cause { get; } = cause;
}

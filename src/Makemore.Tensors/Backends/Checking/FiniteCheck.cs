using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends.Interpreter;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Backends.Checking;

/// <summary>Looks for the first number that is NaN or infinite, and tells what it was computed from.</summary>
public static class FiniteCheck
{
    /// <summary>Runs a program line by line, as far as the first line with a number that is not finite.</summary>
    /// <param name="interpreter">Its leaves are set. With <see cref="Precision.Single"/> it overflows where compiled code does.</param>
    /// <returns>The number, or null where every one is finite and the run came to its end.</returns>
    public static NotFinite? Run(Interpreter.Interpreter interpreter)
    {
        // Updates overwrite what they were computed from.
        var before = interpreter.Program.Assignments.Select(assignment => assignment.Target).Where(target => target.Leaf is not null).Distinct()
            .ToDictionary(target => target, target => interpreter[target].ToArray());
        NotFinite? found = null;
        interpreter.Run((assignment, values) =>
        {
            if (IndexOfNotFinite(assignment, values, interpreter.Lengths) is { } place)
                found = Explain(assignment, place, values[place], interpreter.Lengths, value => before.GetValueOrDefault(value) ?? interpreter[value]);
            return found is null;
        });
        return found;
    }

    /// <summary>The place of the first number that is not finite. An infinity that the line's own formula says, as a mask does, is meant.</summary>
    internal static int? IndexOfNotFinite(Assignment assignment, IReadOnlyList<double> values, AxisLengths lengths)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (!double.IsFinite(values[i]) && !IsMeant(assignment, values[i]) && lengths.Exists(assignment.Target.Shape, i))
                return i;
        }

        return null;
    }

    /// <summary>Whether a line itself says an infinity: in its formula, or as what stands where it writes nothing.</summary>
    internal static bool IsMeant(Assignment assignment, double value) =>
        double.IsInfinity(value) && (assignment.Body.All.Contains(new Literal(value)) || assignment.Destination?.Elsewhere == value);

    /// <summary>What a number was computed from.</summary>
    /// <param name="assignment">The line that computed it.</param>
    /// <param name="place">Its place in the line's target, densely.</param>
    /// <param name="value">The number.</param>
    /// <param name="lengths">How long bounded axes were.</param>
    /// <param name="elements">The elements of whatever the line reads, as they were when it did.</param>
    internal static NotFinite Explain(Assignment assignment, int place, double value, AxisLengths lengths, Func<Value, double[]> elements)
    {
        var memory = assignment.Reads.Select(element => (Value)element.Source).Append(assignment.Target).Distinct().ToDictionary(read => read, elements);
        var operands = new AssignmentLoop(assignment, memory, lengths).ReadsFor(place)
            .Where(read => read.Element.Source.Type == ElementType.Number)
            .GroupBy(read => read.Element)
            .Select(reads => new OperandRange(reads.Key, Statistics.Of(lengths.Existing(reads.Key.Source.Shape, memory[(Value)reads.Key.Source])), Statistics.Of([.. reads.Select(read => read.Number)])));
        return new NotFinite(assignment, Position(assignment.Target.Shape, place), value, [.. operands]);
    }

    static List<(Axis, int)> Position(Shape shape, int place)
    {
        var strides = shape.DenseStrides();
        return [.. shape.Select((axis, i) => (axis, place / strides[i] % axis.Length))];
    }
}

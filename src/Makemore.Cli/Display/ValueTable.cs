using System.Globalization;
using System.Text;
using Makemore.Tensors.Formulas;
using Makemore.Training;

namespace Makemore.Cli.Display;

/// <summary>The lines of a step beside what their numbers are like.</summary>
static class ValueTable
{
    static readonly string[] Titles = ["mean", "std", "min", "max", "zero", "saturated"];

    /// <summary>The table as text.</summary>
    /// <param name="heading">What was run.</param>
    /// <param name="batch">Examples in the batch.</param>
    /// <param name="lines">Its lines.</param>
    public static string Of(string heading, int batch, IEnumerable<TracedLine> lines)
    {
        var rows = lines.Select(line => (Line: line, Cells: Cells(line))).ToList();
        var widths = Titles.Select((title, i) => rows.Select(row => row.Cells[i].Length).Append(title.Length).Max()).ToList();
        var text = new StringBuilder($"values      {heading}; one batch of {batch:N0}\n\n");
        Row(text, widths, Titles, "");
        foreach (var section in rows.GroupBy(row => row.Line.Assignment.Section))
        {
            text.Append($"{section.Key.ToString().ToLowerInvariant()}\n");
            var left = section.Max(row => row.Line.Assignment.Print().Left.Length);
            foreach (var (line, cells) in section)
                Row(text, widths, cells, line.Assignment.Print() is var (target, right) ? $"{target.PadRight(left)} {(right.StartsWith('=') ? " " : "")}{right}" : "");
        }

        return text.ToString();
    }

    static void Row(StringBuilder text, IReadOnlyList<int> widths, IReadOnlyList<string> cells, string line) =>
        text.Append($"  {string.Join("  ", cells.Select((cell, i) => cell.PadLeft(widths[i])))}  {line}".TrimEnd()).Append('\n');

    // Of indices only the range says something.
    static string[] Cells(TracedLine line)
    {
        var numbers = line.Numbers;
        if (line.Assignment.Target.Type == ElementType.Index)
            return ["", "", Number(numbers.Minimum), Number(numbers.Maximum), "", ""];
        return [Number(numbers.Mean), Number(numbers.StandardDeviation), Number(numbers.Minimum), Number(numbers.Maximum), Share(numbers.Zeros, numbers.Count), line.Saturates ? Share(numbers.Saturated, numbers.Count) : ""];
    }

    static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture).Replace('-', '−');

    static string Share(int some, int all) => some == 0 ? "" : $"{100.0 * some / all:F1} %";
}

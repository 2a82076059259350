using System.Text;

namespace Makemore.Benchmarks;

/// <summary>A Markdown table that is easily read before it is rendered, too.</summary>
/// <param name="headings">The heading of each column; the first column is text, the others are figures.</param>
sealed class MarkdownTable(params string[] headings)
{
    readonly List<string[]> rows = [headings];

    /// <summary>Adds a line of as many cells as there are headings.</summary>
    public void Add(params string[] cells) => rows.Add(cells);

    /// <inheritdoc/>
    public override string ToString()
    {
        var widths = Enumerable.Range(0, headings.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.Append("| ").AppendJoin(" | ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).Append(" |\n");
            if (row == headings)
                text.Append("| ").AppendJoin(" | ", widths.Select((width, column) => new string('-', width - 1) + (column == 0 ? '-' : ':'))).Append(" |\n");
        }

        return text.ToString();
    }
}

using System.Text;

namespace Makemore.Tensors.Backends;

/// <summary>Lines of source, indented by blocks.</summary>
/// <param name="indent">The blocks that it will stand in.</param>
sealed class SourceText(int indent = 0)
{
    readonly StringBuilder text = new();
    int indent = indent;

    /// <summary>An expression without the parentheses around the whole of it.</summary>
    public static string Bare(string expression)
    {
        if (!expression.StartsWith('('))
            return expression;
        var depth = 0;
        for (var i = 0; i < expression.Length; i++)
        {
            depth += expression[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
                return i == expression.Length - 1 ? expression[1..^1] : expression;
        }

        return expression;
    }

    /// <summary>One line; an empty one is left without spaces.</summary>
    public void Line(string line = "")
    {
        if (line.Length > 0)
            text.Append(' ', 4 * indent).Append(line.StartsWith("//", StringComparison.Ordinal) ? Comment(line) : line);
        text.Append('\n');
    }

    /// <summary>A comment without what would end its line in a name, or in C take the next one into it.</summary>
    public static string Comment(string line) => line.ReplaceLineEndings(" ").TrimEnd('\\', ' ');

    /// <summary>Lines that were written elsewhere, as they are.</summary>
    public void Append(SourceText lines) => text.Append(lines.text);

    /// <summary>A head and an opened brace; disposing closes it.</summary>
    public IDisposable Block(string head)
    {
        if (head.Length > 0)
            Line(head);
        Line("{");
        indent++;
        return new Closer(this);
    }

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    sealed class Closer(SourceText source) : IDisposable
    {
        public void Dispose()
        {
            source.indent--;
            source.Line("}");
        }
    }
}

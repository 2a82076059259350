using System.Text;

namespace Makemore.Tensors.Backends;

/// <summary>Lines of source, indented by blocks.</summary>
sealed class SourceText
{
    readonly StringBuilder text = new();
    int indent;

    /// <summary>One line; an empty one is left without spaces.</summary>
    public void Line(string line = "")
    {
        if (line.Length > 0)
            text.Append(' ', 4 * indent).Append(line);
        text.Append('\n');
    }

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

using System.Text;

namespace Makemore.Tensors.Programs;

/// <summary>Writes graphs in the language of Graphviz: <c>dot -Tsvg</c> draws them, each section in a frame of its own.</summary>
static class DotWriter
{
    /// <summary>The graph. An arrow whose beginning is not among the nodes begins at a node of that name.</summary>
    public static string Write(string name, IReadOnlyList<DotNode> nodes)
    {
        var text = new StringBuilder();
        text.Append($"digraph {Quoted(name)} {{\n  rankdir=TB;\n  node [shape=box, fontname=\"monospace\", fontsize=10];\n");
        foreach (var section in nodes.GroupBy(node => node.Section))
        {
            var (indent, title) = (section.Key is null ? "  " : "    ", section.Key?.ToString().ToLowerInvariant());
            if (title is not null)
                text.Append($"  subgraph cluster_{title} {{\n    label={Quoted(title)};\n");
            foreach (var node in section)
                text.Append($"{indent}{Quoted(node.Id)} [label={Quoted(node.Label)}{(title is null ? ", shape=ellipse" : "")}];\n");
            if (title is not null)
                text.Append("  }\n");
        }

        foreach (var node in nodes)
        {
            foreach (var input in node.Inputs.Distinct())
                text.Append($"  {Quoted(input)} -> {Quoted(node.Id)};\n");
        }

        return text.Append("}\n").ToString();
    }

    static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")}\"";
}

/// <summary>A node of a drawing.</summary>
/// <param name="Id">What tells it from others.</param>
/// <param name="Label">What is written in it.</param>
/// <param name="Section">The frame it stands in; null for none.</param>
/// <param name="Inputs">The nodes from which arrows lead here.</param>
sealed record DotNode(string Id, string Label, Section? Section, IReadOnlyList<string> Inputs);

using System.Text.RegularExpressions;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Testing;
using Xunit;

namespace Makemore.Tensors.Programs;

public partial class DotTests
{
    static readonly Program Step = new LectureMlp().Training();

    [Fact]
    public void Program_of_the_lectures_MLP() => Expected.Matches("mlp-train.dot", Step.ToDot(Selection.Everything));

    [Fact]
    public void Drawings_are_sentences_of_the_language()
    {
        foreach (var selection in new[] { Selection.Everything, new(Section.Backward), new(Tensor: "h"), new(Section.Update, "lr") })
        {
            Check(Step.ToDot(selection));
            Check(Step.Expressions.ToDot(selection));
        }
    }

    [Fact]
    public void Every_line_is_a_node_in_the_frame_of_its_section()
    {
        var dot = Step.ToDot(Selection.Everything);
        Assert.Equal(["forward", "backward", "update"], Frame().Matches(dot).Select(match => match.Groups[1].Value));
        Assert.All(Step.Assignments, line => Assert.Contains($"label=\"{string.Join("\\n", line.Print().Left, line.Print().Right)}\"", dot));
    }

    [Fact]
    public void Quotes_and_backslashes_in_names_are_escaped() =>
        Check(Program.Of("a \"b\"", [Functions.Exp(new Input("x\\\"y\"", Shape.Scalar)).As("\\")]).ToDot(Selection.Everything));

    // Graphviz's grammar as far as it is used, one statement a line.
    static void Check(string dot)
    {
        var depth = 0;
        Assert.Matches($"^digraph {Name} {{$", dot.Split('\n')[0]);
        foreach (var line in dot.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            Assert.Matches(Statement(), line);
            depth += line[^1] switch { '{' => 1, '}' => -1, _ => 0 };
            Assert.True(depth >= 0, dot);
        }

        Assert.Equal(0, depth);
    }

    const string Name = """("([^"\\]|\\.)*"|[A-Za-z_]\w*)""";

    [GeneratedRegex($$"""^(digraph {{Name}} \{|subgraph {{Name}} \{|\}|{{Name}}={{Name}};|{{Name}} -> {{Name}};|{{Name}}( \[{{Name}}=({{Name}}|\d+)(, {{Name}}=({{Name}}|\d+))*\])?;)$""")]
    private static partial Regex Statement();

    [GeneratedRegex("subgraph cluster_([a-z]+) ")]
    private static partial Regex Frame();
}

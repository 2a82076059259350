using System.Text;
using Makemore.Tensors.Expressions;

namespace Makemore.Tensors.Programs;

/// <summary>Expressions in order, as assignments a reader of the lectures recognises; prints as mathematics.</summary>
public sealed class Program
{
    internal Program(string name, IReadOnlyList<Value> leaves, IReadOnlyList<Value> outputs, IReadOnlyList<Assignment> assignments)
    {
        Name = name;
        Leaves = leaves;
        Outputs = outputs;
        Assignments = assignments;
    }

    /// <summary>What the program is for: <c>train</c>, <c>sample</c>.</summary>
    public string Name { get; }

    /// <summary>The parameters and inputs it uses.</summary>
    public IReadOnlyList<Value> Leaves { get; }

    /// <summary>What the caller reads after a run, as asked for.</summary>
    public IReadOnlyList<Value> Outputs { get; }

    /// <summary>The lines, in order.</summary>
    public IReadOnlyList<Assignment> Assignments { get; }

    /// <summary>Orders expressions into a program: equal ones are computed once, unneeded ones not at all.</summary>
    /// <param name="name">What the program is for.</param>
    /// <param name="outputs">What the caller wants to read.</param>
    /// <param name="updates">New values of parameters, stored at the end.</param>
    /// <exception cref="ArgumentException">A parameter is updated twice.</exception>
    public static Program Of(string name, IReadOnlyList<Tensor> outputs, IReadOnlyList<Update>? updates = null) =>
        new ProgramBuilder(outputs, updates ?? []).Build(name);

    /// <summary>The program as mathematics, a line each.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        var axes = Leaves.Concat(Assignments.Select(assignment => assignment.Target)).SelectMany(value => value.Shape).Distinct();
        text.Append("program     ").AppendLine(Name);
        Head("axes        ", axes);
        Head("parameters  ", Leaves.Where(leaf => leaf.Leaf is Parameter));
        Head("inputs      ", Leaves.Where(leaf => leaf.Leaf is not Parameter).Select(InputText));
        Head("outputs     ", Outputs);
        foreach (var section in Assignments.GroupBy(assignment => assignment.Section))
        {
            text.AppendLine().AppendLine(section.Key.ToString().ToLowerInvariant());
            var lines = section.Select(assignment => assignment.Print()).ToList();
            var width = lines.Max(line => line.Left.Length);
            foreach (var (left, right) in lines)
                text.AppendLine($"  {left.PadRight(width)} {(right.StartsWith('=') ? " " : "")}{right}");
        }

        return text.ToString();

        void Head(string title, IEnumerable<object> items)
        {
            if (items.Any())
                text.Append(title).AppendJoin(", ", items).AppendLine();
        }
    }

    static string InputText(Value value) => value.Leaf is IndexInput { Into: var into } ? $"{value} into {into.Name}" : value.ToString();
}

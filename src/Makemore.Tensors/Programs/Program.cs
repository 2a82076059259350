using System.Text;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Programs;

/// <summary>Expressions in order, as assignments a reader of the lectures recognises; prints as mathematics.</summary>
public sealed class Program
{
    readonly Lazy<ExpressionListing> expressions;

    internal Program(string name, IReadOnlyList<Value> leaves, IReadOnlyList<Value> outputs, IReadOnlyList<Assignment> assignments, Lazy<ExpressionListing> expressions, IReadOnlyList<RewriteNote> rewrites)
    {
        Name = name;
        this.expressions = expressions;
        Leaves = leaves;
        Outputs = outputs;
        Assignments = assignments;
        Rewrites = rewrites;
        BoundedAxes = [.. AllAxes().Select(axis => axis.Bounded).OfType<Axis>().Distinct()];
        if (BoundedAxes.GroupBy(axis => axis.Name).FirstOrDefault(same => same.Count() > 1) is { } bounds)
            throw new ArgumentException($"axis '{bounds.Key}' has several bounds in the program '{name}': {string.Join(", ", bounds)}");
    }

    /// <summary>What the program is for: <c>train</c>, <c>sample</c>.</summary>
    public string Name { get; }

    /// <summary>The expressions that it was made of, as they were written.</summary>
    public ExpressionListing Expressions => expressions.Value;

    /// <summary>The parameters and inputs it uses.</summary>
    public IReadOnlyList<Value> Leaves { get; }

    /// <summary>What the caller reads after a run, as asked for.</summary>
    public IReadOnlyList<Value> Outputs { get; }

    /// <summary>Values with memory of their own, which whoever runs the program provides, in this order: leaves, then outputs that are computed.</summary>
    public IReadOnlyList<Value> Bound => field ??= [.. Leaves.Concat(Outputs).Distinct()];

    /// <summary>The lines, in order.</summary>
    public IReadOnlyList<Assignment> Assignments { get; }

    /// <summary>The axes of which each run says how long they are, each once.</summary>
    public IReadOnlyList<Axis> BoundedAxes { get; }

    /// <summary>Where expressions could have been written another way, and whether they were.</summary>
    public IReadOnlyList<RewriteNote> Rewrites { get; }

    /// <summary>Orders expressions into a program: equal ones are computed once, unneeded ones not at all, and some in a way that is less work.</summary>
    /// <param name="name">What the program is for.</param>
    /// <param name="outputs">What the caller wants to read.</param>
    /// <param name="updates">New values of parameters, stored at the end.</param>
    /// <param name="rewrite">Which expressions are computed in another way than they are written.</param>
    /// <exception cref="ArgumentException">A parameter is updated twice.</exception>
    public static Program Of(string name, IReadOnlyList<Tensor> outputs, IReadOnlyList<Update>? updates = null, Rewrite rewrite = Rewrite.Worthwhile)
    {
        var listing = new Lazy<ExpressionListing>(() => new ExpressionListing(outputs, updates ?? []));
        var rewriting = new Rewriting(rewrite);
        return new ProgramBuilder([.. outputs.Select(output => rewriting[output])], [.. (updates ?? []).Select(update => update.With(tensor => rewriting[tensor]))])
            .Build(name, listing, rewriting.Notes);
    }

    /// <summary>The same lines with every value that they compute among the outputs, so that each can be read after a run.</summary>
    public Program WithEveryValue() =>
        new(Name, Leaves, [.. Outputs.Concat(Assignments.Select(assignment => assignment.Target).Where(target => target.Leaf is null)).Distinct()], Assignments, expressions, Rewrites);

    /// <summary>The program as mathematics, a line each, under a head that says what it reads and computes.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        var axes = Leaves.Concat(Assignments.Select(assignment => assignment.Target)).SelectMany(value => value.Shape).Distinct();
        text.Append("program     ").AppendLine(Name);
        Head("axes        ", axes);
        Head("parameters  ", Leaves.Where(leaf => leaf.Leaf is Parameter));
        Head("inputs      ", Leaves.Where(leaf => leaf.Leaf is not Parameter).Select(InputText));
        Head("outputs     ", Outputs);
        if (Assignments.Count > 0)
            text.AppendLine().Append(Print(Selection.Everything));
        return text.ToString();

        void Head(string title, IEnumerable<object> items)
        {
            if (items.Any())
                text.Append(title).AppendJoin(", ", items).AppendLine();
        }
    }

    /// <summary>Some lines as mathematics, under the sections that they belong to.</summary>
    public string Print(Selection selection)
    {
        var text = new StringBuilder();
        foreach (var section in Assignments.Where(selection.Includes).GroupBy(assignment => assignment.Section))
        {
            if (text.Length > 0)
                text.AppendLine();
            text.AppendLine(section.Key.ToString().ToLowerInvariant());
            var lines = section.Select(assignment => assignment.Print()).ToList();
            var width = lines.Max(line => line.Left.Length);
            foreach (var (left, right) in lines)
                text.AppendLine($"  {left.PadRight(width)} {(right.StartsWith('=') ? " " : "")}{right}");
        }

        return text.ToString();
    }

    /// <summary>The lines as a graph in the language of Graphviz: an arrow leads from each value to the lines that read it.</summary>
    public string ToDot(Selection selection)
    {
        // A parameter is a value before its update, and the update a line of its own.
        static string Id(Value value, bool written) => value.Leaf is not null && written ? $"update {value.Name}" : value.Name;
        var lines = Assignments.Where(selection.Includes).ToList();
        var leaves = lines.SelectMany(line => line.Reads).Select(element => element.Source).OfType<Value>().Where(value => value.Leaf is not null).Distinct();
        return DotWriter.Write(Name, [
            .. leaves.Select(leaf => new DotNode(leaf.Name, leaf.Leaf is Parameter ? leaf.ToString() : InputText(leaf), null, [])),
            .. lines.Select(line => new DotNode(
                Id(line.Target, written: true), string.Join('\n', line.Print().Left, line.Print().Right), line.Section, [.. line.Reads.Select(element => Id((Value)element.Source, written: false))])),
        ]);
    }

    IEnumerable<Axis> AllAxes() => Leaves.SelectMany(leaf => leaf.Shape).Concat(Assignments.SelectMany(assignment =>
        assignment.Target.Shape.Concat(assignment.Destination?.Over ?? Shape.Scalar).Concat(assignment.Body.All.SelectMany(part => part switch
        {
            Fold fold => fold.Over,
            AxisLength length => [length.Axis],
            _ => (IEnumerable<Axis>)[],
        }))));

    static string InputText(Value value) => value.Leaf is IndexInput { Into: var into } ? $"{value} into {into.Name}" : value.ToString();
}

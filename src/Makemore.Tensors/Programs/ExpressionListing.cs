using System.Text;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Programs;

/// <summary>
/// Expressions as they were written, operands first, each once: before equal ones are merged, constants folded and lines chosen.
/// A tensor without a name goes by its number, <c>#12</c>; constants stand where they are used.
/// </summary>
public sealed class ExpressionListing
{
    readonly Dictionary<Tensor, string> names = new(ReferenceEqualityComparer.Instance);
    readonly UniqueNames unique = new();
    readonly List<ListedExpression> items = [];

    /// <summary>Lists what outputs and updates are made of.</summary>
    public ExpressionListing(IReadOnlyList<Tensor> outputs, IReadOnlyList<Update> updates)
    {
        var forward = OperandsFirst.Of(outputs);
        var known = new HashSet<Tensor>(forward, ReferenceEqualityComparer.Instance);

        // What stands between a parameter's new value and the tensors that have names is the optimizer's.
        bool IsStep(Tensor tensor) => tensor.Name is null && !known.Contains(tensor);
        var step = OperandsFirst.Of(updates.SelectMany(update => update.Expressions), tensor => IsStep(tensor) ? tensor.Operands : []);
        var backward = OperandsFirst.Of(step.Where(tensor => tensor is not Leaf && !IsStep(tensor)));
        Add(Section.Forward, forward);
        Add(Section.Backward, backward.Where(known.Add));
        Add(Section.Update, step.Where(known.Add));
        foreach (var update in updates)
            items.Add(new(items.Count + 1, Section.Update, update.Target.Name, [.. update.Expressions.Select(NameOf)], $"becomes {NameOf(update.Value)}{(update.At is { } at ? $" at {NameOf(at)}" : "")}", update.Target, IsUpdate: true));
    }

    /// <summary>Every expression, operands first; then the updates.</summary>
    public IReadOnlyList<ListedExpression> Items => items;

    /// <summary>The expressions as a numbered list, under the sections that they belong to.</summary>
    /// <param name="selection">Which of them.</param>
    public string Print(Selection selection)
    {
        var text = new StringBuilder();
        var shown = items.Where(item => item.IsIn(selection)).ToList();
        if (shown.Count == 0)
            return "";
        var (number, name, formula) = (Width(item => Number(item)), Width(item => item.OwnName), Width(item => item.Text));
        foreach (var section in shown.GroupBy(item => item.Section))
        {
            text.AppendLine(text.Length == 0 ? $"{Title(section.Key)}" : $"\n{Title(section.Key)}");
            foreach (var item in section)
                text.AppendLine($"  {Number(item).PadLeft(number)}  {item.OwnName.PadRight(name)}  {item.Text.PadRight(formula)}  {item.Axes}".TrimEnd());
        }

        return text.ToString();

        int Width(Func<ListedExpression, string> column) => shown.Max(item => column(item).Length);
        static string Number(ListedExpression item) => $"#{item.Number}";
        static string Title(Section section) => section.ToString().ToLowerInvariant();
    }

    /// <summary>The graph of the expressions in the language of Graphviz.</summary>
    /// <param name="selection">Which of them.</param>
    public string ToDot(Selection selection) => DotWriter.Write("expressions", [.. items.Where(item => item.IsIn(selection)).Select(item => new DotNode(
        item.IsUpdate ? $"update {item.Name}" : item.Name,
        string.Join('\n', new[] { item.OwnName, item.Text, item.Axes }.Where(line => line.Length > 0)),
        item.Tensor is Leaf && !item.IsUpdate ? null : item.Section,
        item.Operands))]);

    /// <inheritdoc/>
    public override string ToString() => Print(Selection.Everything);

    void Add(Section section, IEnumerable<Tensor> tensors)
    {
        foreach (var tensor in tensors.Where(tensor => tensor is not Constant))
        {
            var name = names[tensor] = unique.Of(tensor.Name ?? $"#{items.Count + 1}");
            items.Add(new(items.Count + 1, section, name, [.. tensor.Operands.Where(operand => operand is not Constant).Select(NameOf)], Text(tensor), tensor, IsUpdate: false));
        }
    }

    string NameOf(Tensor tensor) => tensor is Constant constant ? ScalarPrinter.Print(constant.Value) : names[tensor];

    string Text(Tensor tensor)
    {
        var over = (tensor.Formula?.Writes.SelectMany(write => write.Body.All) ?? []).OfType<Fold>().SelectMany(fold => fold.Over).Select(axis => axis.Name).ToList();
        return tensor switch
        {
            Parameter => "parameter",
            Leaf => "input",
            Length => tensor.Operation,
            _ => $"{tensor.Operation}({string.Join(", ", tensor.Operands.Select(NameOf))}){(over.Count > 0 ? $" over {string.Join(", ", over)}" : "")}",
        };
    }
}

/// <summary>A line of an <see cref="ExpressionListing"/>.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Section">What needs it.</param>
/// <param name="Name">Its name; its number after a # where it has none.</param>
/// <param name="Operands">The names of what it is computed from, constants left out.</param>
/// <param name="Text">The operation with its operands.</param>
/// <param name="Tensor">The tensor; of an update, the parameter.</param>
/// <param name="IsUpdate">Whether this is a parameter's new value, and no expression.</param>
public sealed record ListedExpression(int Number, Section Section, string Name, IReadOnlyList<string> Operands, string Text, Tensor Tensor, bool IsUpdate)
{
    /// <summary>The axes with their lengths, and what indices point into.</summary>
    public string Axes => $"{(Tensor.Shape.Count == 0 ? "" : Tensor.Shape)}{(Tensor.Into is { } into ? $" into {into.Name}" : "")}".Trim();

    internal string OwnName => Name.StartsWith('#') ? "" : Name;

    /// <summary>Whether the line is meant.</summary>
    public bool IsIn(Selection selection) =>
        (selection.Section ?? Section) == Section && (selection.Tensor is null || Name == selection.Tensor || Operands.Contains(selection.Tensor));
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Programs;

/// <summary>Decides which expressions get a line of their own and which are written inside another's, and puts the lines in order.</summary>
sealed class ProgramBuilder(IReadOnlyList<Tensor> outputs, IReadOnlyList<Update> updates)
{
    // Longer bodies would be unreadable, and slow for the C# compiler.
    const int LongestBody = 48;

    readonly Graph graph = new();
    readonly List<Value> leaves = [];
    readonly List<Assignment> assignments = [];
    readonly UniqueNames names = new();

    public Program Build(string name, Lazy<ExpressionListing> expressions, IReadOnlyList<RewriteNote> rewrites)
    {
        if (updates.GroupBy(update => update.Target).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"'{twice.Key.Name}' is updated twice");

        foreach (var output in outputs)
        {
            graph[output].IsOutput = true;
            graph[output].OtherUses++;
        }

        var forward = graph.Order.Count;
        foreach (var tensor in updates.SelectMany(update => update.Expressions))
            graph[tensor].OtherUses++;

        foreach (var leaf in graph.Order.Select(node => node.Tensor).OfType<Leaf>().Concat(updates.Select(update => update.Target)).Distinct())
            names.Of(leaf.Name);
        foreach (var node in graph.Order)
            AddLines(node, node.Number < forward ? Section.Forward : Section.Backward);
        List<Value> computed = [.. outputs.Select(output => BeforeUpdates(graph[output]))];
        AddUpdates();
        return new Program(name, leaves, computed, assignments, expressions, rewrites);
    }

    void AddLines(Node node, Section section)
    {
        if (node.Tensor is Leaf leaf)
        {
            node.Body = LeafValue(leaf).Here;
            return;
        }

        var writes = node.Tensor.Formula!.Writes.Select(write => new Write(
            Simplifier.Simplify(Inline(write.Body, node)),
            write.Destination is { } destination ? destination with { To = destination.To.Select(index => Inline(index, node)) } : null));
        if (writes is [{ Destination: null, Body: var body }] && !NeedsLine(node, body))
        {
            node.Body = body;
            return;
        }

        var target = new Value(names.Of(node.Name ?? node.Tensor.Operation), node.Tensor.Shape, node.Tensor.Type, null);
        assignments.AddRange(writes.Select(write => new Assignment(section, target, write.Body, write.Destination)));
        node.Body = target.Here;
    }

    // What each operand's place in the formula becomes: the elements of its value, or its own body.
    static Scalar Inline(Scalar formula, Node node) => formula.Rewrite(part =>
    {
        if (part is not Element { Source: Operand operand } element)
            return null;
        var source = node.Operands[operand.Number];
        var at = source.Tensor.Shape.Zip(element.At).ToDictionary(pair => pair.First, pair => pair.Second);
        return source.Body!.SeenFrom(axis => at.GetValueOrDefault(axis) ?? new AxisIndex(axis));
    });

    static Subscript Inline(Subscript index, Node node) => index.Replace(inside => inside is Lookup lookup ? new Lookup((Element)Inline(lookup.Element, node)) : inside);

    static bool NeedsLine(Node node, Scalar body)
    {
        if (node.IsOutput)
            return true;
        if (node.Name is not null)
            return !IsNumber(body) && (node.Tensor is not View || body is not Element);
        if (body is Element element)
            return element.Parts.Any() && node.Tensor.Type == ElementType.Number && node.Users.Exists(user => user.Tensor is Contract || LooksUpAgain(user.Tensor, node.Tensor));
        if (body is AxisPosition || IsNumber(body) || (node.Tensor is View && !body.All.Any(part => part is Element or Fold)))
            return false;

        // A comparison of two numbers or a square is as soon done again as read, but a contraction wants to read.
        if (IsComparisonOrSquare(body) && !node.Users.Exists(user => user.Tensor is Contract))
            return false;
        if (node.Users.Count + node.OtherUses != 1 || body.All.Count() > LongestBody)
            return true;
        if (node.Users is not [var user])
            return false;
        return user.Tensor switch
        {
            // Repeating work along a new axis, or hiding a contraction where the product kernel would not see it, costs more than a line.
            Map map => !map.Shape.SameAxes(node.Tensor.Shape) || (node.Tensor is Contract && map.Function != ScalarFunction.Add),
            Reduce => body.All.Any(part => part is Fold),
            View view => !view.Shape.SameAxes(node.Tensor.Shape) || node.Tensor is Contract,
            Place => body.All.Any(part => part is Fold),
            _ => true,
        };
    }

    // The same at every place and soon had: a constant, or what a length makes one.
    static bool IsNumber(Scalar body) => !body.All.Any(part => part is Element or Fold or AxisPosition);

    static bool IsComparisonOrSquare(Scalar body) => body is Apply { Function: var function, Arguments: [var x, var y] }
        && (function.IsComparison || (function == ScalarFunction.Multiply && x.Equals(y))) && !x.Parts.Any() && !y.Parts.Any();

    // Windows that overlap would look up the same elements more than once.
    static bool LooksUpAgain(Tensor view, Tensor operand) => view is View && view.Shape.Elements > operand.Shape.Elements;

    void AddUpdates()
    {
        var values = updates.Select(update => (Update: update, Body: graph[update.Value].Body!)).ToList();
        for (var i = 0; i < values.Count; i++)
        {
            var (update, body) = values[i];
            var target = LeafValue(update.Target);
            var destination = DestinationOf(update);
            var reads = body.All.OfType<Element>().Where(element => element.Source is Value { Leaf: Parameter });
            var stale = updates.Take(i).Select(update => update.Target).ToHashSet();
            if (reads.Any(element => stale.Contains(((Value)element.Source).Leaf!) || (element.Source == target && (destination is not null || !element.IsIdentity))) || HasFoldOver(body, target))
            {
                // It reads what an earlier update (or itself) overwrites: compute it before the first of them.
                var next = new Value(names.Of($"{target.Name}.next"), destination?.Over ?? target.Shape, ElementType.Number, null);
                var first = assignments.FindIndex(assignment => assignment.Section == Section.Update);
                assignments.Insert(first < 0 ? assignments.Count : first, new Assignment(Section.Backward, next, body));
                body = next.Here;
            }

            assignments.Add(new Assignment(Section.Update, target, body, destination));
        }
    }

    Destination? DestinationOf(Update update)
    {
        if (update.At is not { } at)
            return null;
        var place = new Lookup((Element)graph[at].Body!);
        return new(
            update.Target.Shape.Without([at.Into!]),
            new([.. update.Target.Shape.Select(axis => axis == at.Into ? (Subscript)place : new AxisIndex(axis))]),
            Adds: false,
            Elsewhere: null);
    }

    static bool HasFoldOver(Scalar body, Value target) => body.All.OfType<Fold>().Any(fold => fold.All.OfType<Element>().Any(element => element.Source == target));

    // An output that is nothing but a parameter shows it as the program found it.
    Value BeforeUpdates(Node node)
    {
        var value = ValueOf(node);
        if (!updates.Any(update => update.Target == value.Leaf))
            return value;
        var found = new Value(names.Of($"{value.Name}.found"), value.Shape, value.Type, null);
        assignments.Add(new Assignment(Section.Forward, found, value.Here));
        return found;
    }

    static Value ValueOf(Node node) => node.Body is Element { Source: Value value, IsIdentity: true } && value.Shape.Equals(node.Tensor.Shape)
        ? value
        : throw new InvalidOperationException($"'{node.Tensor.Description}' has no line");

    Value LeafValue(Leaf leaf)
    {
        if (leaves.Find(value => value.Leaf == leaf) is { } known)
            return known;
        if (leaves.Exists(value => value.Name == leaf.Name))
            throw new ArgumentException($"two leaves are called '{leaf.Name}'");
        leaf.Shape.CheckFixed();
        var value = new Value(leaf.Name, leaf.Shape, leaf.Type, leaf);
        leaves.Add(value);
        return value;
    }
}

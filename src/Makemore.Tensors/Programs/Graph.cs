using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Programs;

/// <summary>The expressions a program needs, operands first, equal ones merged.</summary>
sealed class Graph
{
    readonly Dictionary<Tensor, Node> nodes = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<(Formula Formula, Shape Shape, ValueList<int> Operands), Node> known = [];
    readonly List<Node> order = [];

    /// <summary>Every node, operands first.</summary>
    public IReadOnlyList<Node> Order => order;

    /// <summary>The node of an expression, made with all it needs where it is new.</summary>
    public Node this[Tensor root]
    {
        get
        {
            foreach (var tensor in OperandsFirst.Of([root], tensor => nodes.ContainsKey(tensor) ? [] : Read(tensor)))
            {
                if (!nodes.ContainsKey(tensor))
                    nodes[tensor] = Merge(tensor);
            }

            return nodes[root];
        }
    }

    // What a gradient is taken by need not be read by the value itself.
    static IEnumerable<Tensor> Read(Tensor tensor) => tensor is CustomGradient ? tensor.Operands.Take(1) : tensor.Operands;

    Node Merge(Tensor tensor)
    {
        Node[] operands = [.. Read(tensor).Select(operand => nodes[operand])];
        if (tensor.Formula is not { } formula)
            return Add(new Node(order.Count, tensor, operands));

        // A view that changes nothing, as a detached tensor, is its operand, and may name it.
        if (formula.Writes is [{ Body: Element { IsIdentity: true }, Destination: null }] && tensor.Shape.Equals(operands[0].Tensor.Shape))
        {
            operands[0].Name ??= tensor.Name;
            return operands[0];
        }

        var key = (formula, tensor.Shape, new ValueList<int>([.. operands.Select(operand => operand.Number)]));
        if (!known.TryGetValue(key, out var node))
            known[key] = node = Add(new Node(order.Count, tensor, operands));
        node.Name ??= tensor.Name;
        return node;
    }

    Node Add(Node node)
    {
        order.Add(node);
        foreach (var operand in node.Operands)
            operand.Users.Add(node);
        return node;
    }
}

/// <summary>One expression of a <see cref="Graph"/>, and what becomes of it in the program.</summary>
sealed class Node(int number, Tensor tensor, Node[] operands)
{
    public int Number { get; } = number;

    public Tensor Tensor { get; } = tensor;

    public Node[] Operands { get; } = operands;

    public List<Node> Users { get; } = [];

    public string? Name { get; set; } = tensor.Name;

    /// <summary>How an element is computed from values; for a node with a place in memory, the element there.</summary>
    public Scalar? Body { get; set; }

    /// <summary>Whether outputs or updates use it besides <see cref="Users"/>.</summary>
    public int OtherUses { get; set; }

    public bool IsOutput { get; set; }
}

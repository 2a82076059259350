using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;

namespace Makemore.Tensors.Gradients;

/// <summary>Reverse mode: from expressions to the expressions of their gradients, written with the same primitives.</summary>
public static class Gradient
{
    /// <summary>The gradients of a scalar by some tensors, each of its tensor's shape and named <c>NAME.grad</c>; 0 where the scalar does not depend on it.</summary>
    /// <exception cref="ShapeException">The expression to be differentiated has axes.</exception>
    public static IReadOnlyList<Tensor> Of(Tensor scalar, IReadOnlyList<Tensor> by)
    {
        if (scalar.Shape.Count > 0)
            throw ShapeErrors.Of($"only a scalar has a gradient, and '{scalar.Description}' has the axes {scalar.Shape}: sum or average it first");

        var order = Reaching(scalar, by);
        var gradients = new Dictionary<Tensor, Tensor>(ReferenceEqualityComparer.Instance) { [scalar] = 1.0 };
        foreach (var tensor in order.Reverse())
        {
            if (!gradients.TryGetValue(tensor, out var upstream))
                continue;
            if (by.Contains(tensor, ReferenceEqualityComparer.Instance))
                upstream = View.InOrder(upstream, tensor.Shape);
            gradients[tensor] = upstream = Named(upstream, tensor);
            var parts = tensor.OperandGradients(upstream);
            for (var i = 0; i < parts.Count; i++)
            {
                var operand = tensor.Operands[i];
                if (parts[i] is { } part && order.Contains(operand))
                    gradients[operand] = gradients.TryGetValue(operand, out var sum) ? Place.Sum(sum, part) : part;
            }
        }

        return [.. by.Select(tensor => gradients.TryGetValue(tensor, out var gradient) ? gradient : new Constant(0).BroadcastTo(tensor.Shape))];
    }

    static Tensor Named(Tensor gradient, Tensor of) =>
        of.Name is { } name && gradient is not (Constant or Leaf) && gradient.Name is null ? gradient.As($"{name}.grad") : gradient;

    // Operands before what uses them, only what lies between the scalar and what it is differentiated by.
    static OrderedSet Reaching(Tensor scalar, IReadOnlyList<Tensor> by)
    {
        var sought = new HashSet<Tensor>(by, ReferenceEqualityComparer.Instance);
        var reaches = new Dictionary<Tensor, bool>(ReferenceEqualityComparer.Instance);
        var order = new OrderedSet();
        var pending = new Stack<(Tensor Tensor, bool Left)>([(scalar, false)]);
        while (pending.TryPop(out var next))
        {
            var (tensor, left) = next;
            if (left)
            {
                reaches[tensor] = sought.Contains(tensor) || tensor.Operands.Any(operand => reaches[operand]);
                if (reaches[tensor])
                    order.Add(tensor);
            }
            else if (reaches.TryAdd(tensor, false))
            {
                pending.Push((tensor, true));
                foreach (var operand in tensor.Operands.Reverse())
                    pending.Push((operand, false));
            }
        }

        return order;
    }

    sealed class OrderedSet
    {
        readonly List<Tensor> list = [];
        readonly HashSet<Tensor> set = new(ReferenceEqualityComparer.Instance);

        public void Add(Tensor tensor)
        {
            if (set.Add(tensor))
                list.Add(tensor);
        }

        public bool Contains(Tensor tensor) => set.Contains(tensor);

        public IEnumerable<Tensor> Reverse() => list.AsEnumerable().Reverse();
    }
}

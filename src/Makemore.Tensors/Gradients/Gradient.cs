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

        var (order, reaching) = Reaching(scalar, by);
        var gradients = new Dictionary<Tensor, Tensor>(ReferenceEqualityComparer.Instance) { [scalar] = 1.0 };
        foreach (var tensor in order.AsEnumerable().Reverse())
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
                if (parts[i] is { } part && reaching.Contains(operand))
                    gradients[operand] = gradients.TryGetValue(operand, out var sum) ? Place.Sum(sum, part) : part;
            }
        }

        return [.. by.Select(tensor => gradients.TryGetValue(tensor, out var gradient) ? gradient : new Constant(0).BroadcastTo(tensor.Shape))];
    }

    static Tensor Named(Tensor gradient, Tensor of) =>
        of.Name is { } name && gradient is not (Constant or Leaf) && gradient.Name is null ? gradient.As($"{name}.grad") : gradient;

    // Operands before what uses them, only what lies between the scalar and what it is differentiated by.
    static (List<Tensor> Order, HashSet<Tensor> All) Reaching(Tensor scalar, IReadOnlyList<Tensor> by)
    {
        var (order, reaching) = (new List<Tensor>(), new HashSet<Tensor>(by, ReferenceEqualityComparer.Instance));
        foreach (var tensor in OperandsFirst.Of([scalar]).Where(tensor => reaching.Contains(tensor) || tensor.Operands.Any(reaching.Contains)))
        {
            order.Add(tensor);
            reaching.Add(tensor);
        }

        return (order, reaching);
    }
}

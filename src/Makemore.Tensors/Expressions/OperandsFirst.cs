namespace Makemore.Tensors.Expressions;

/// <summary>An order of expressions in which operands stand before what uses them, each once, however deep they are nested.</summary>
static class OperandsFirst
{
    /// <summary>Some expressions and all that they are made of.</summary>
    /// <param name="roots">The expressions.</param>
    /// <param name="operands">What an expression is made of, asked for once; all its operands if null.</param>
    public static IReadOnlyList<Tensor> Of(IEnumerable<Tensor> roots, Func<Tensor, IEnumerable<Tensor>>? operands = null)
    {
        var order = new List<Tensor>();
        var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<(Tensor Tensor, bool Left)>(roots.Reverse().Select(root => (root, false)));
        while (pending.TryPop(out var next))
        {
            if (next.Left)
            {
                order.Add(next.Tensor);
            }
            else if (seen.Add(next.Tensor))
            {
                pending.Push((next.Tensor, true));
                foreach (var operand in (operands?.Invoke(next.Tensor) ?? next.Tensor.Operands).Reverse())
                    pending.Push((operand, false));
            }
        }

        return order;
    }
}

using Makemore.Tensors.Expressions;

namespace Makemore.Tensors.Programs;

/// <summary>Replaces expressions by equal ones that need less work, operands first, and notes what it did and what it left.</summary>
sealed class Rewriting(Rewrite rewrite)
{
    static readonly IRewriteRule[] Rules = [new ProductOfRows(), new ProductWithRows(), new SumOfProducts()];

    readonly Dictionary<Tensor, Tensor> rewritten = new(ReferenceEqualityComparer.Instance);
    readonly List<RewriteNote> notes = [];

    /// <summary>What was done and what was left, in the order of the expressions.</summary>
    public IReadOnlyList<RewriteNote> Notes => notes;

    /// <summary>An expression of the same elements.</summary>
    public Tensor this[Tensor root]
    {
        get
        {
            foreach (var tensor in OperandsFirst.Of([root], tensor => rewritten.ContainsKey(tensor) ? [] : tensor.Operands))
            {
                if (!rewritten.ContainsKey(tensor))
                    rewritten[tensor] = Rewritten(tensor);
            }

            return rewritten[root];
        }
    }

    Tensor Rewritten(Tensor tensor)
    {
        var operands = tensor.Operands.Select(operand => rewritten[operand]).ToList();
        var same = operands.SequenceEqual(tensor.Operands, ReferenceEqualityComparer.Instance) ? tensor : tensor.WithOperands(operands);
        foreach (var rule in Rules)
        {
            if (rule.Apply(same) is not { } offer)
                continue;
            var note = new RewriteNote(tensor.Description, rule.Text, offer.Before, offer.After, Applied: false);
            note = note with { Applied = rewrite == Rewrite.Always || (rewrite == Rewrite.Worthwhile && note.IsWorthwhile) };
            notes.Add(note);
            if (note.Applied)
                return tensor.Name is { } name ? offer.Tensor.As(name) : offer.Tensor;
        }

        return same;
    }
}

/// <summary>Which expressions are computed in another way than they are written.</summary>
public enum Rewrite
{
    /// <summary>Those where the other way is clearly less work.</summary>
    Worthwhile,

    /// <summary>None.</summary>
    Never,

    /// <summary>All that can be.</summary>
    Always,
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Programs;

/// <summary>
/// An embedding and then a linear layer: where more rows are asked for than the table has, every row of the table goes through the layer
/// once, and the results are looked up.
/// </summary>
sealed class ProductOfRows : IRewriteRule
{
    /// <inheritdoc/>
    public string Text => "table[x]·W = (table·W)[x]";

    /// <inheritdoc/>
    public RewriteOffer? Apply(Tensor tensor) => tensor is Contract { Operands: [var left, var right] } contract
        ? Apply(contract, left, right) ?? Apply(contract, right, left)
        : null;

    static RewriteOffer? Apply(Contract contract, Tensor rows, Tensor weights)
    {
        if (TableRows.Of(rows) is not { } chosen || weights.Shape.Find(chosen.Axis.Name) is not null)
            return null;
        Shape alongRow = [.. contract.Over.Where(chosen.Row.Contains)], alongIndices = contract.Over.Without(alongRow);
        if (alongRow.Count == 0 || !alongRow.All(weights.Shape.Contains) || !alongIndices.All(chosen.Indices.Shape.Contains))
            return null;
        var products = Contract.Of(chosen.Table, weights, alongRow).Called(chosen.Table, "times", weights);
        var found = products[chosen.Indices];
        var result = View.InOrder(Reduce.Of(Reduction.Sum, found, alongIndices), contract.Shape);
        return new(result, Work.Of(rows.Shape, weights.Shape), Work.Of(chosen.Table.Shape, weights.Shape) + (Work.OfMovedElement * Work.Of(found.Shape)));
    }
}

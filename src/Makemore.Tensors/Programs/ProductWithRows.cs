using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;

namespace Makemore.Tensors.Programs;

/// <summary>
/// The weights' gradient behind an embedding: instead of multiplying every row that was looked up, what belongs to equal rows is added up
/// first. The adjoint of <see cref="ProductOfRows"/>.
/// </summary>
sealed class ProductWithRows : IRewriteRule
{
    /// <inheritdoc/>
    public string Text => "Σ table[x]·g = Σ table·(g added up by x)";

    /// <inheritdoc/>
    public RewriteOffer? Apply(Tensor tensor) => tensor is Contract { Operands: [var left, var right] } contract
        ? Apply(contract, left, right) ?? Apply(contract, right, left)
        : null;

    static RewriteOffer? Apply(Contract contract, Tensor rows, Tensor other)
    {
        if (rows is not Gather gather || TableRows.Of(gather.Table, gather.Indices) is not { } table || other.Shape.Find(table.Axis.Name) is not null)
            return null;
        var indices = gather.Indices.Shape;
        if (!contract.Over.All(indices.Contains) || other.Shape.Any(table.Row.Contains))
            return null;
        var sums = new Scatter([table.Axis, .. indices.Without(contract.Over), .. other.Shape.Without(indices)], table.Axis, other, gather.Indices).Called(other, "by", gather.Indices);
        return new(
            new Contract(gather.Table, sums, [table.Axis], contract.Shape),
            Work.Of(rows.Shape, other.Shape),
            (Work.OfMovedElement * Work.Of(other.Shape, indices)) + Work.Of(gather.Table.Shape, sums.Shape));
    }
}

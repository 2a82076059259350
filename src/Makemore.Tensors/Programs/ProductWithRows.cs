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
        if (TableRows.Of(rows) is not { } chosen || other.Shape.Find(chosen.Axis.Name) is not null)
            return null;
        var indices = chosen.Indices.Shape;
        if (!contract.Over.All(indices.Contains) || other.Shape.Any(chosen.Row.Contains))
            return null;
        var sums = new Scatter([chosen.Axis, .. indices.Without(contract.Over), .. other.Shape.Without(indices)], chosen.Axis, other, chosen.Indices).Called(other, "by", chosen.Indices);
        return new(
            new Contract(chosen.Table, sums, [chosen.Axis], contract.Shape),
            Work.Of(rows.Shape, other.Shape),
            (Work.OfMovedElement * Work.Of(other.Shape, indices)) + Work.Of(chosen.Table.Shape, sums.Shape));
    }
}

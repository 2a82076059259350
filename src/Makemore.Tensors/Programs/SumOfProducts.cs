using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Programs;

/// <summary>
/// The table's gradient behind an embedding and a linear layer: what belongs to equal rows is added up first and goes through the layer
/// once. The adjoint of <see cref="ProductOfRows"/>.
/// </summary>
sealed class SumOfProducts : IRewriteRule
{
    /// <inheritdoc/>
    public string Text => "(g·W added up by x) = (g added up by x)·W";

    /// <inheritdoc/>
    public RewriteOffer? Apply(Tensor tensor) => tensor is Scatter scatter ? Apply(scatter, scatter.Values) : null;

    // Where several layers read the embedding its gradient is a sum, and each of them is better done on its own.
    static RewriteOffer? Apply(Scatter scatter, Tensor values) => values switch
    {
        Contract { Operands: [var left, var right] } contract => Apply(scatter, contract, left, right) ?? Apply(scatter, contract, right, left),

        // The gradient of a view puts each row where it was taken from.
        Place { IsZeroElsewhere: true, Parts: [var part] } place when TableRows.At(scatter.Indices, place.Shape, place.Operation, part.Operand.Shape, part.To) is { } indices =>
            Apply(new Scatter(scatter.Shape, scatter.Indices.Into!, part.Operand, indices), part.Operand),
        Map { Operands: [var x, var y] } map when map.Function == ScalarFunction.Add && Apply(scatter, x) is { } first && Apply(scatter, y) is { } second =>
            new(View.InOrder(first.Tensor + second.Tensor, scatter.Shape), first.Before + second.Before, first.After + second.After),
        _ => null,
    };

    static RewriteOffer? Apply(Scatter scatter, Contract contract, Tensor upstream, Tensor weights)
    {
        var indices = scatter.Indices.Shape;
        var axis = scatter.Indices.Into!;
        var row = scatter.Shape.Without([axis]);
        if (upstream.Shape.Find(axis.Name) is not null || weights.Shape.Find(axis.Name) is not null || row.Any(indices.Contains) || !row.All(weights.Shape.Contains) || upstream.Shape.Any(row.Contains))
            return null;
        if (!contract.Over.All(upstream.Shape.Contains) || !contract.Over.All(weights.Shape.Contains) || contract.Over.Any(indices.Contains))
            return null;

        // Along axes of the indices that the weights have too, the sums stay apart until they meet the weights.
        Shape apart = [.. indices.Where(weights.Shape.Contains)];
        var sums = new Scatter([axis, .. apart, .. upstream.Shape.Without(indices)], axis, upstream, scatter.Indices).Called(upstream, "by", scatter.Indices);
        return new(
            new Contract(sums, weights, sums.Shape.Union(weights.Shape).Without(scatter.Shape), scatter.Shape),
            Work.Of(contract.Shape, contract.Over),
            (Work.OfMovedElement * Work.Of(upstream.Shape, indices)) + Work.Of(sums.Shape, weights.Shape));
    }
}

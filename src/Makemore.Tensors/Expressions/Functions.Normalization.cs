using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Expressions;

public static partial class Functions
{
    const double UsualEpsilon = 1e-5;

    /// <summary>The mean squared distance from the mean along some axes.</summary>
    /// <param name="x">The elements.</param>
    /// <param name="over">The axes that vanish.</param>
    /// <param name="unbiased">Whether to divide by n − 1 (Bessel), as <c>torch.var</c> does unless told otherwise, instead of n.</param>
    /// <exception cref="ShapeException">x lacks an axis.</exception>
    public static Tensor Variance(Tensor x, Shape over, bool unbiased = false)
    {
        var centred = x - x.Mean(over);
        return MeanOfProducts(centred * centred, over, unbiased);
    }

    /// <summary>(x − mean)/√(variance + ε)·weight + bias, where mean and variance are those of each row (Ba et al. 2016).</summary>
    /// <param name="x">[…, features].</param>
    /// <param name="over">The axes of the features, those of one row.</param>
    /// <param name="weight">[features].</param>
    /// <param name="bias">[features].</param>
    /// <param name="epsilon">What keeps the root from 0.</param>
    /// <exception cref="ShapeException">x lacks an axis, or an axis has two lengths.</exception>
    public static Tensor LayerNorm(Tensor x, Shape over, Tensor weight, Tensor bias, double epsilon = UsualEpsilon) =>
        (NormalizedOver(x, over, epsilon, unbiased: false) * weight) + bias;

    /// <summary>
    /// Batch normalisation in training (Ioffe and Szegedy 2015): (x − mean)/√(variance + ε)·weight + bias, where mean and variance are
    /// those of each feature in the batch.
    /// </summary>
    /// <param name="x">[batch…, features].</param>
    /// <param name="over">The axes of the batch.</param>
    /// <param name="weight">[features].</param>
    /// <param name="bias">[features].</param>
    /// <param name="epsilon">What keeps the root from 0.</param>
    /// <param name="unbiased">Whether to divide by the batch's variance with n − 1, as the lectures do; PyTorch's layer has n.</param>
    /// <remarks>
    /// Running statistics are the caller's updates, of <c>x.Mean(over)</c> and of <see cref="Variance"/> (PyTorch keeps the unbiased one);
    /// a program computes equal expressions once.
    /// </remarks>
    /// <exception cref="ShapeException">x lacks an axis, or an axis has two lengths.</exception>
    public static Tensor BatchNorm(Tensor x, Shape over, Tensor weight, Tensor bias, double epsilon = UsualEpsilon, bool unbiased = false) =>
        (NormalizedOver(x, over, epsilon, unbiased) * weight) + bias;

    /// <summary>Batch normalisation in evaluation: (x − mean)/√(variance + ε)·weight + bias, with statistics gathered in training.</summary>
    /// <param name="x">[batch…, features].</param>
    /// <param name="mean">[features].</param>
    /// <param name="variance">[features].</param>
    /// <param name="weight">[features].</param>
    /// <param name="bias">[features].</param>
    /// <param name="epsilon">What keeps the root from 0.</param>
    /// <exception cref="ShapeException">An axis has two lengths.</exception>
    public static Tensor BatchNorm(Tensor x, Tensor mean, Tensor variance, Tensor weight, Tensor bias, double epsilon = UsualEpsilon) =>
        (((x - mean) * (1 / Sqrt(variance + epsilon)).As("inverse_deviation")).As("normalized") * weight) + bias;

    /// <summary>x/√(mean square + ε)·weight (Zhang and Sennrich 2019).</summary>
    /// <param name="x">[…, features].</param>
    /// <param name="over">The axes of the features, those of one row.</param>
    /// <param name="weight">[features].</param>
    /// <param name="epsilon">What keeps the root from 0.</param>
    /// <exception cref="ShapeException">x lacks an axis, or an axis has two lengths.</exception>
    public static Tensor RmsNorm(Tensor x, Shape over, Tensor weight, double epsilon = UsualEpsilon)
    {
        var inverse = (1 / Sqrt((x * x).Mean(over).As("mean_square") + epsilon)).As("inverse_rms");
        var normalized = WithGradient(x * inverse, [x], (result, upstream) =>
            [(upstream - (result * (upstream * result).Mean(over).As("grad_along"))) * inverse]);
        return normalized.As("normalized") * weight;
    }

    // The gradient that lecture part 4 finds by hand: without the component along the mean, nor that along the result. The weight of a batch norm
    // stays outside of both sums, as there: without it they are those of the bias and of the weight itself, and computed once.
    static Tensor NormalizedOver(Tensor x, Shape over, double epsilon, bool unbiased)
    {
        var centred = (x - Named(x.Mean(over), "mean")).As("centred");
        var variance = MeanOfProducts(centred * centred, over, unbiased).As("variance");
        var inverse = (1 / Sqrt(variance + epsilon)).As("inverse_deviation");
        var normalized = WithGradient(centred * inverse, [x], (result, upstream) =>
        {
            var (above, factor) = WithoutFactor(upstream, over);
            var along = MeanOfProducts(above * result, over, unbiased).As("grad_along");
            var scale = factor is null ? inverse : (inverse * factor).As("scale");
            return [(above - Named(above.Mean(over), "grad_mean") - (result * along)) * scale];
        });
        return normalized.As("normalized");
    }

    // A gradient that comes through a product has the other factor last; one without the axes of a sum can be left out of it.
    static (Tensor Gradient, Tensor? Factor) WithoutFactor(Tensor gradient, Shape over) =>
        gradient is Map { Operands: [var rest, var factor] } map && map.Function == ScalarFunction.Multiply && !factor.Shape.Any(over.Contains)
            ? (rest, factor)
            : (gradient, null);

    static Tensor MeanOfProducts(Tensor products, Shape over, bool unbiased) =>
        !unbiased ? products.Mean(over)
        : over.Any(axis => axis.IsBounded) ? products.Sum(over) / (Length.Of(over) - 1)
        : products.Sum(over) * (1.0 / (over.Elements - 1));
}

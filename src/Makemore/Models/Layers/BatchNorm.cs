using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Functions;
using static Makemore.Tensors.Expressions.Initializers;

namespace Makemore.Models.Layers;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy 2015) as in lecture part 3: each feature less its mean, over its standard deviation, times a weight,
/// plus a bias. In training mean and deviation are those of the batch; running ones are kept for use.
/// </summary>
/// <remarks>The lectures divide by the variance with n − 1 (Bessel), where PyTorch's layer has n.</remarks>
/// <param name="weight">The name of the weight, which is 1 at first.</param>
/// <param name="bias">The name of the bias, which is 0 at first.</param>
/// <param name="mean">The name of the running mean.</param>
/// <param name="spread">The name of the running variance, or standard deviation.</param>
/// <param name="features">The axis of what is normalised, each for itself. All other axes are the batch's.</param>
/// <param name="scale">What the weight is at first.</param>
public sealed class BatchNorm(string weight, string bias, string mean, string spread, Axis features, double scale = 1)
{
    readonly Parameter weight = new(weight, [features], Constant((float)scale));
    readonly Parameter bias = new(bias, [features], Constant(0));
    readonly Parameter mean = new(mean, [features], Constant(0));
    readonly Parameter spread = new(spread, [features], Constant(1));

    /// <summary>A norm whose tensors are called as in PyTorch: <c>weight</c>, <c>bias</c>, <c>running_mean</c> and <c>running_var</c> of a name.</summary>
    public BatchNorm(string name, Axis features, double scale = 1)
        : this($"{name}.weight", $"{name}.bias", $"{name}.running_mean", $"{name}.running_var", features, scale)
    {
    }

    /// <summary>The share of a batch in the running statistics.</summary>
    public double Momentum { get; init; } = 0.1;

    /// <summary>What keeps the root from 0.</summary>
    public double Epsilon { get; init; } = 1e-5;

    /// <summary>Whether the standard deviation is averaged over the batches, and not the variance.</summary>
    public bool KeepsDeviation { get; init; }

    /// <summary>What is learned.</summary>
    public IReadOnlyList<Parameter> Parameters => [weight, bias];

    /// <summary>The running statistics.</summary>
    public IReadOnlyList<Parameter> State => [mean, spread];

    /// <summary>The normalised features.</summary>
    /// <param name="x">[batch…, features].</param>
    /// <param name="pass">Whether the statistics are those of the batch.</param>
    /// <returns>The axes of x.</returns>
    /// <exception cref="MakemoreException">There is one row, which has no variance.</exception>
    public Tensor Of(Tensor x, Pass pass)
    {
        var seen = new NormalizedValues(x, mean, spread, KeepsDeviation, Momentum);
        pass.Add(seen);
        if (!pass.IsTraining)
            return KeepsDeviation ? ((x - mean) / spread * weight) + bias : Functions.BatchNorm(x, mean, spread, weight, bias, Epsilon);
        if (seen.Over.Elements < 2)
            throw new MakemoreException("batch normalisation needs a batch of at least 2: one example has no variance");
        return Functions.BatchNorm(x, seen.Over, weight, bias, Epsilon, unbiased: true);
    }
}

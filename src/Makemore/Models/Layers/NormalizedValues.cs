using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Models.Layers;

/// <summary>What a norm sees, and where it keeps the mean and the spread of it for later use.</summary>
/// <param name="Values">[batch…, features].</param>
/// <param name="Mean">Their running mean: [features].</param>
/// <param name="Spread">Their running variance, or standard deviation: [features].</param>
/// <param name="KeepsDeviation">Whether <paramref name="Spread"/> is the standard deviation and not the variance.</param>
/// <param name="Momentum">The share of a batch in the running statistics.</param>
public sealed record NormalizedValues(Tensor Values, Parameter Mean, Parameter Spread, bool KeepsDeviation, double Momentum)
{
    /// <summary>The axes of the batch: all but the features.</summary>
    public Shape Over => Values.Shape.Without(Mean.Shape);

    /// <summary>The running statistics after a batch.</summary>
    public IReadOnlyList<Update> Updates
    {
        get
        {
            var variance = Variance(Values, Over, unbiased: true);
            return [Moved(Mean, Values.Mean(Over)), Moved(Spread, KeepsDeviation ? Sqrt(variance) : variance)];
        }
    }

    Update Moved(Parameter running, Tensor batch) => new(running, ((1 - Momentum) * running) + (Momentum * batch));
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;

namespace Makemore.Models.Layers;

/// <summary>How the modules of <c>torch.nn</c> set their parameters.</summary>
static class TorchInitializers
{
    /// <summary>Uniform between −bound and bound.</summary>
    public static Initializer Uniform(double bound) => (values, _, random) => random.Uniform(values, -bound, bound);

    /// <summary>The weight of <c>nn.Linear</c>: <c>kaiming_uniform_(a=√5)</c>, which is uniform between ±1/√fan-in (He et al. 2015).</summary>
    public static Initializer LinearWeight(Axis from) => Uniform(Math.Sqrt(3) * (Math.Sqrt(2.0 / 6) / Math.Sqrt(from.Length)));

    /// <summary>The bias of <c>nn.Linear</c>: uniform between ±1/√fan-in.</summary>
    public static Initializer LinearBias(Axis from) => Uniform(1 / Math.Sqrt(from.Length));
}

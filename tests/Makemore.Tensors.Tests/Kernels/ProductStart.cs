namespace Makemore.Tensors.Kernels;

/// <summary>What the sums of a product start with.</summary>
enum ProductStart
{
    /// <summary>Nothing.</summary>
    Zero,

    /// <summary>The same row everywhere.</summary>
    Bias,

    /// <summary>Another matrix.</summary>
    Residual,

    /// <summary>What the result held before.</summary>
    Accumulate,
}

namespace Makemore.Tensors.Kernels;

/// <summary>The bits of a 32-bit float, as the lanes take them apart.</summary>
static class LanesConstants
{
    /// <summary>The exponent field of 1.</summary>
    public const int ExponentBias = 127;

    /// <summary>The fraction field.</summary>
    public const int FractionBits = 0x007FFFFF;

    /// <summary>√½: bits counted from here split a float into an exponent and a significand in [√½, √2).</summary>
    public const int HalfRootBits = 0x3F3504F3;
}

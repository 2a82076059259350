namespace Makemore.Tensors.Running;

/// <summary>
/// Which of PyTorch's two CPU code paths <see cref="TorchRandom"/> rounds like. Both take the same words and compute the same
/// formulas; normals differ by at most 2.2e-6, and uniforms over other ranges than 0 to 1 by one unit in the last place.
/// </summary>
public enum NormalVariant
{
    /// <summary>
    /// The C library's logarithm, sine and cosine, and no fused multiply-add: processors without AVX2, builds without it, and the
    /// numbers printed in Karpathy's notebooks.
    /// </summary>
    Scalar,

    /// <summary>
    /// The Cephes polynomials with fused multiply-add (<see cref="CephesSingle"/>): what PyTorch does on x86-64 Linux machines of today.
    /// </summary>
    Avx2,
}

namespace Makemore.Benchmarks.Limit;

/// <summary>The lengths of a matrix product; its rows lie in memory as those of compiled programs, padded to a multiple of 16 floats.</summary>
/// <param name="Name">What it computes.</param>
/// <param name="Rows">Rows of the left factor and of the result.</param>
/// <param name="Columns">Columns of the right factor and of the result.</param>
/// <param name="Depth">Products in each sum.</param>
/// <param name="Transposed">Whether the left factor lies in memory as its transpose, as in the gradients of weights.</param>
/// <param name="Inner">Whether the right factor does, so that each element is the inner product of two rows.</param>
sealed record ProductShape(string Name, int Rows, int Columns, int Depth, bool Transposed = false, bool Inner = false)
{
    /// <summary>Multiplications and additions.</summary>
    public double Flops => 2.0 * Rows * Columns * Depth;

    /// <summary>From one row of the left factor to the next.</summary>
    public int LeftRow => Transposed ? 1 : Padded(Depth);

    /// <summary>From one column of the left factor to the next.</summary>
    public int LeftDepth => Transposed ? Padded(Rows) : 1;

    /// <summary>From one row of the right factor to the next.</summary>
    public int RightDepth => Inner ? 1 : Padded(Columns);

    /// <summary>From one column of the right factor to the next.</summary>
    public int RightColumn => Inner ? Padded(Depth) : 1;

    /// <summary>From one row of the result to the next.</summary>
    public int ResultRow => Padded(Columns);

    /// <summary>Floats that the left factor takes.</summary>
    public int LeftElements => Transposed ? Depth * LeftDepth : Rows * LeftRow;

    /// <summary>Floats that the right factor takes.</summary>
    public int RightElements => Inner ? Columns * RightColumn : Depth * RightDepth;

    /// <summary>Floats that the result takes.</summary>
    public int ResultElements => Rows * ResultRow;

    /// <summary>The lengths as they are usually said.</summary>
    public string Lengths => $"{Rows}×{Columns}×{Depth}";

    static int Padded(int length) => (length + 15) / 16 * 16;
}

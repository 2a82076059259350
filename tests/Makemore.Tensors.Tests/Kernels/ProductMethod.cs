namespace Makemore.Tensors.Kernels;

/// <summary>The shape of <see cref="Product.Multiply"/>.</summary>
unsafe delegate void ProductMethod(
    nint rows,
    nint columns,
    nint depth,
    float* a,
    nint aRow,
    nint aDepth,
    float* b,
    nint bDepth,
    float* c,
    nint cRow,
    float* start,
    nint startRow);

using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Loops;

/// <summary>
/// How the elements of a value lie in memory: rows of its last axes, dense in themselves, each beginning at a cache line where
/// that wastes little. Kernels then load whole vectors that never cross a line, and may compute in the padding, which nobody reads.
/// </summary>
public sealed class Layout
{
    // Floats in a cache line, and in the widest vector.
    const int Unit = MemoryPlan.Alignment / sizeof(float);

    Layout(Shape shape, int columns, int row)
    {
        RowElements = shape.Skip(shape.Count - columns).Aggregate(1, (product, axis) => product * axis.Length);
        Row = row;
        Strides = new int[shape.Count];
        for (int i = shape.Count - 1, stride = 1; i >= 0; stride *= shape[i--].Length)
        {
            if (i == shape.Count - columns - 1)
                stride = row;
            Strides[i] = stride;
        }

        Elements = checked(shape.Elements / RowElements * row);
    }

    /// <summary>Distance in elements between neighbours along each axis.</summary>
    public int[] Strides { get; }

    /// <summary>Elements of a row without its padding.</summary>
    public int RowElements { get; }

    /// <summary>Places of a row with its padding.</summary>
    public int Row { get; }

    /// <summary>Places in all.</summary>
    public int Elements { get; }

    /// <summary>Whether every row has room up to the end of a cache line.</summary>
    public bool IsPadded => Row % Unit == 0;

    /// <summary>No padding at all: how callers see their data.</summary>
    public static Layout Dense(Shape shape) => new(shape, shape.Count, shape.Elements);

    /// <summary>The layout that every program expects of a leaf: rows along the last axis.</summary>
    public static Layout OfLeaf(Shape shape, ElementType type) => Of(shape, type, 1);

    /// <summary>Rows of the last <paramref name="columns"/> axes, padded unless they hold indices or are so short that padding would double them.</summary>
    public static Layout Of(Shape shape, ElementType type, int columns)
    {
        columns = Math.Min(columns, shape.Count);
        var row = shape.Skip(shape.Count - columns).Aggregate(1, (product, axis) => product * axis.Length);
        var pads = type == ElementType.Number && shape.Count > 0 && (row >= Unit / 2 || columns == shape.Count);
        return pads ? new(shape, columns, (row + Unit - 1) / Unit * Unit) : Dense(shape);
    }

    /// <summary>Copies elements that lie densely into this layout.</summary>
    public void Scatter<T>(ReadOnlySpan<T> dense, Span<T> target)
    {
        for (var row = 0; row * RowElements < dense.Length; row++)
            dense.Slice(row * RowElements, Math.Min(RowElements, dense.Length - (row * RowElements))).CopyTo(target[(row * Row)..]);
    }

    /// <summary>Copies elements out of this layout, so that they lie densely.</summary>
    public void Gather<T>(ReadOnlySpan<T> source, Span<T> dense)
    {
        for (var row = 0; row * RowElements < dense.Length; row++)
            source.Slice(row * Row, Math.Min(RowElements, dense.Length - (row * RowElements))).CopyTo(dense[(row * RowElements)..]);
    }
}

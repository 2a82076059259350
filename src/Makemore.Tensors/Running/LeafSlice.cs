using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Loops;

namespace Makemore.Tensors.Running;

/// <summary>Elements of a leaf at one position of some of its axes: of a cache of keys, what one line has at one moment.</summary>
public sealed class LeafSlice
{
    readonly Leaf leaf;
    readonly int[] strides;
    readonly int[] lengths;

    // Where the elements lie, from the first one on.
    readonly int[] offsets;

    /// <summary>A slice.</summary>
    /// <param name="leaf">A parameter or an input of numbers.</param>
    /// <param name="fixedAxes">The axes of which one position is meant; all of the others is.</param>
    /// <exception cref="ArgumentException">The leaf holds indices, or lacks one of the axes.</exception>
    public LeafSlice(Leaf leaf, Shape fixedAxes)
    {
        if (leaf.Into is not null)
            throw new ArgumentException($"'{leaf.Name}' holds indices, not numbers", nameof(leaf));
        if (fixedAxes.FirstOrDefault(axis => !leaf.Shape.Contains(axis)) is { } missing)
            throw new ArgumentException($"'{leaf.Name}' has no axis '{missing.Name}', only {leaf.Shape}", nameof(fixedAxes));
        this.leaf = leaf;
        FixedAxes = fixedAxes;
        var layout = Layout.OfLeaf(leaf.Shape, leaf.Type);
        int Stride(Axis axis) => layout.Strides[leaf.Shape.IndexOf(axis)];
        strides = [.. fixedAxes.Select(Stride)];
        lengths = [.. fixedAxes.Select(axis => axis.Length)];
        offsets = [.. leaf.Shape.Without(fixedAxes).Aggregate<Axis, IEnumerable<int>>(
            [0], (before, axis) => before.SelectMany(offset => Enumerable.Range(0, axis.Length).Select(i => offset + (i * Stride(axis)))))];
    }

    /// <summary>The axes of which one position is meant.</summary>
    public Shape FixedAxes { get; }

    /// <summary>How many elements there are.</summary>
    public int Length => offsets.Length;

    /// <summary>Copies the elements, densely in the order of the leaf's other axes.</summary>
    /// <param name="storage">Where the leaf's elements are.</param>
    /// <param name="at">A position for each fixed axis.</param>
    /// <param name="numbers">As long as the slice.</param>
    /// <exception cref="ArgumentException">There are too many or too few places.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position lies outside its axis.</exception>
    public void Read(Storage storage, ReadOnlySpan<int> at, Span<float> numbers)
    {
        var source = Elements(storage, at, numbers.Length);
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = source[offsets[i]];
    }

    /// <summary>Sets the elements.</summary>
    /// <param name="storage">Where the leaf's elements are.</param>
    /// <param name="at">A position for each fixed axis.</param>
    /// <param name="numbers">As many as the slice has, densely in the order of the leaf's other axes.</param>
    /// <exception cref="ArgumentException">There are too many or too few.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position lies outside its axis.</exception>
    public void Write(Storage storage, ReadOnlySpan<int> at, ReadOnlySpan<float> numbers)
    {
        var target = Elements(storage, at, numbers.Length);
        for (var i = 0; i < numbers.Length; i++)
            target[offsets[i]] = numbers[i];
    }

    // From the first element of the slice on.
    Span<float> Elements(Storage storage, ReadOnlySpan<int> at, int count)
    {
        if (count != offsets.Length || at.Length != strides.Length)
            throw new ArgumentException($"a slice of '{leaf.Name}' has {offsets.Length} elements at {strides.Length} positions, not {count} at {at.Length}");
        var first = 0;
        for (var i = 0; i < at.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(at[i]);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(at[i], lengths[i]);
            first += at[i] * strides[i];
        }

        return storage.BufferOf(leaf).As<float>()[first..];
    }
}

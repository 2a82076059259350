namespace Makemore.Tensors.Axes;

/// <summary>How long each of some bounded axes is at the moment: as long as its bound, until somebody says otherwise.</summary>
public sealed class AxisLengths
{
    readonly IReadOnlyList<Axis> axes;
    readonly int[] lengths;

    // The number of the shortest axis among these that each is never longer than, or -1.
    readonly int[] longer;

    /// <summary>The lengths of these axes.</summary>
    public AxisLengths(IReadOnlyList<Axis> axes)
    {
        this.axes = axes;
        lengths = [.. axes.Select(axis => axis.Length)];
        longer = [.. axes.Select(NextLonger)];
    }

    /// <summary>The lengths, in the order of the axes.</summary>
    public ReadOnlySpan<int> All => lengths;

    /// <summary>The length of an axis; one that is as long as another has the same. To be set where it is bounded, which allocates nothing.</summary>
    /// <exception cref="ArgumentException">None of the axes is this one; a fixed length cannot be set.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is less than 0 or more than the bound.</exception>
    public int this[Axis axis]
    {
        get => axis.IsBounded ? lengths[IndexOf(axis)] : axis.Length;
        set => Set(IndexOf(axis), axis, value);
    }

    /// <summary>Sets the length of an axis if it is one of these, and says whether it is. Allocates nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is less than 0 or more than the bound.</exception>
    public bool TrySet(Axis axis, int value)
    {
        if (Find(axis) is not (>= 0 and var index))
            return false;
        Set(index, axis, value);
        return true;
    }

    /// <summary>Sets all lengths, in the order of the axes.</summary>
    public void Set(ReadOnlySpan<int> all) => all.CopyTo(lengths);

    /// <summary>Fails where an axis is longer than one that it is never longer than. Allocates nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is.</exception>
    public void Check()
    {
        for (var i = 0; i < lengths.Length; i++)
        {
            if (longer[i] is >= 0 and var other && lengths[i] > lengths[other])
                throw new ArgumentOutOfRangeException(axes[i].Name, lengths[i], $"axis '{axes[i].Name}' is never longer than '{axes[other].Name}', which is {lengths[other]} long in this run");
        }
    }

    /// <summary>Whether the axis is one of these, or as long as one of these.</summary>
    public bool Contains(Axis axis) => Find(axis) >= 0;

    /// <summary>Whether an element exists, given its place in a tensor whose elements lie densely, those that do not exist among them.</summary>
    public bool Exists(Shape shape, int place)
    {
        for (var i = shape.Count - 1; i >= 0; place /= shape[i--].Length)
        {
            if (place % shape[i].Length >= this[shape[i]])
                return false;
        }

        return true;
    }

    /// <summary>The elements that exist.</summary>
    public IReadOnlyList<T> Existing<T>(Shape shape, IReadOnlyList<T> elements) =>
        shape.Any(axis => axis.IsBounded) ? [.. elements.Where((_, place) => Exists(shape, place))] : elements;

    void Set(int index, Axis axis, int value)
    {
        if (value < 0 || value > axis.Length)
            throw new ArgumentOutOfRangeException(nameof(value), value, $"axis '{axis.Name}' is from 0 to {axis.Length} long");
        lengths[index] = value;
    }

    int NextLonger(Axis axis)
    {
        for (var next = axis.Longer; next is not null; next = next.Longer)
        {
            if (Find(next) is >= 0 and var index)
                return index;
        }

        return -1;
    }

    int IndexOf(Axis axis) => Find(axis) is >= 0 and var index
        ? index
        : throw new ArgumentException($"the length of axis '{axis.Name}' is not for a run to say here, {(axes.Count == 0 ? "nor is any" : $"only that of {string.Join(", ", axes)}")}");

    int Find(Axis axis)
    {
        for (var i = 0; i < axes.Count; i++)
        {
            if (axis.LengthName == axes[i].Name && axis.Length == axes[i].Length)
                return i;
        }

        return -1;
    }
}

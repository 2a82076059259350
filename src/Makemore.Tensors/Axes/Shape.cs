using System.Collections;
using System.Runtime.CompilerServices;

namespace Makemore.Tensors.Axes;

/// <summary>The axes of a tensor, each name once. The order says only how elements lie in memory: the last axis is contiguous.</summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public sealed class Shape : IReadOnlyList<Axis>, IEquatable<Shape>
{
    readonly Axis[] axes;

    // Asked for in every step; 0 before it was asked for the first time.
    int elements;

    Shape(Axis[] axes)
    {
        this.axes = axes;
        for (var i = 0; i < axes.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (axes[i].Name == axes[j].Name)
                    throw new ShapeException($"axis '{axes[i].Name}' stands twice in one shape: {string.Join(", ", axes.AsEnumerable())}");
            }
        }
    }

    /// <summary>The shape of a scalar: no axes, one element.</summary>
    public static Shape Scalar { get; } = new([]);

    /// <summary>A shape of these axes, so that <c>[batch, hidden]</c> is one.</summary>
    /// <exception cref="ShapeException">A name stands twice.</exception>
    public static Shape Create(ReadOnlySpan<Axis> axes) => new(axes.ToArray());

    /// <summary>The number of axes.</summary>
    public int Count => axes.Length;

    /// <summary>The product of the lengths; of bounded axes, of their bounds.</summary>
    /// <exception cref="ShapeException">It is more than memory can be addressed with.</exception>
    public int Elements => elements > 0 ? elements : elements = Product();

    /// <summary>The axis at a position, outermost first.</summary>
    public Axis this[int index] => axes[index];

    /// <summary>Whether the axis (name and length) is one of these.</summary>
    public bool Contains(Axis axis) => Array.IndexOf(axes, axis) >= 0;

    /// <summary>The axis of that name, or null.</summary>
    public Axis? Find(string name) => Array.Find(axes, axis => axis.Name == name);

    /// <summary>Where the axis stands, or -1.</summary>
    public int IndexOf(Axis axis) => Array.IndexOf(axes, axis);

    /// <summary>These axes without some.</summary>
    public Shape Without(IEnumerable<Axis> removed) => new([.. axes.Except(removed)]);

    /// <summary>These axes, then those of <paramref name="other"/> that are not among them.</summary>
    public Shape Union(Shape other) => new([.. axes.Union(other.axes)]);

    /// <summary>Whether both have the same axes, in whatever order.</summary>
    public bool SameAxes(Shape other) => Count == other.Count && axes.All(other.Contains);

    /// <summary>Fails where the length of an axis is open yet.</summary>
    /// <exception cref="ShapeException">One is.</exception>
    internal void CheckFixed() => Array.ForEach(axes, axis => _ = axis.Length);

    /// <summary>Distance in elements between neighbours along each axis when the elements lie densely, the last axis contiguous.</summary>
    public int[] DenseStrides()
    {
        var strides = new int[axes.Length];
        for (int i = axes.Length - 1, stride = 1; i >= 0; stride *= axes[i--].Length)
            strides[i] = stride;
        return strides;
    }

    int Product()
    {
        var product = axes.Aggregate(1L, (product, axis) => Math.Min(product * axis.Length, long.MaxValue / int.MaxValue));
        return product <= int.MaxValue ? (int)product : throw new ShapeException($"{this} has more than {int.MaxValue:N0} elements");
    }

    /// <inheritdoc/>
    public IEnumerator<Axis> GetEnumerator() => axes.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && axes.AsSpan().SequenceEqual(other.axes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode() => axes.Aggregate(17, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(", ", axes.AsEnumerable())}]";
}

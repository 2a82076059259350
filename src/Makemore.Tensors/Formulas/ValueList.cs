using System.Collections;
using System.Runtime.CompilerServices;

namespace Makemore.Tensors.Formulas;

/// <summary>An immutable list that equals another when their items do: what formulas are made of, so that equal formulas are equal.</summary>
[CollectionBuilder(typeof(ValueList), nameof(ValueList.Create))]
public sealed class ValueList<T>(T[] items) : IReadOnlyList<T>, IEquatable<ValueList<T>>
    where T : notnull
{
    /// <inheritdoc/>
    public int Count => items.Length;

    /// <inheritdoc/>
    public T this[int index] => items[index];

    /// <summary>The list with every item replaced.</summary>
    public ValueList<TResult> Select<TResult>(Func<T, TResult> replace)
        where TResult : notnull => new(Array.ConvertAll(items, item => replace(item)));

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => items.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(ValueList<T>? other) => other is not null && items.AsSpan().SequenceEqual(other.ToArray());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => items.Aggregate(17, HashCode.Combine);

    T[] ToArray() => items;
}

/// <summary>Makes <see cref="ValueList{T}"/> from collection expressions.</summary>
public static class ValueList
{
    /// <summary>A list of these items.</summary>
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items)
        where T : notnull => new(items.ToArray());
}

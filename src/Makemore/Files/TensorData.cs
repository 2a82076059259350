using System.Runtime.InteropServices;

namespace Makemore.Files;

/// <summary>A named array of numbers as it lies in a file.</summary>
public sealed class TensorData
{
    /// <summary>A tensor of bytes that are at hand.</summary>
    /// <param name="name">The name, such as <c>transformer.wte.weight</c>.</param>
    /// <param name="type">The kind of elements.</param>
    /// <param name="shape">The lengths of the axes, outermost first; none for a single number.</param>
    /// <param name="bytes">The elements, row-major, little-endian; kept, not copied.</param>
    /// <exception cref="ArgumentException">
    /// A length is negative, or the lengths do not multiply to the number of elements in <paramref name="bytes"/>.
    /// </exception>
    public TensorData(string name, TensorType type, IReadOnlyList<int> shape, ReadOnlyMemory<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(shape);
        if (ByteLength(type, shape) != bytes.Length)
        {
            throw new ArgumentException(
                $"tensor '{name}' of shape [{string.Join(", ", shape)}] and type {type} has {bytes.Length} bytes", nameof(bytes));
        }

        (Name, Type, Shape, Bytes) = (name, type, [.. shape], bytes);
    }

    /// <summary>The name, such as <c>transformer.wte.weight</c>.</summary>
    public string Name { get; }

    /// <summary>The kind of elements.</summary>
    public TensorType Type { get; }

    /// <summary>The lengths of the axes, outermost first; none for a single number.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The elements, row-major, little-endian.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The elements of a tensor of type <see cref="TensorType.F32"/>, row-major.</summary>
    /// <exception cref="InvalidOperationException">The tensor has another type.</exception>
    public ReadOnlySpan<float> Floats => Elements<float>(TensorType.F32);

    /// <summary>The elements of a tensor of type <see cref="TensorType.F64"/>, row-major.</summary>
    /// <exception cref="InvalidOperationException">The tensor has another type.</exception>
    public ReadOnlySpan<double> Doubles => Elements<double>(TensorType.F64);

    /// <summary>The elements of a tensor of type <see cref="TensorType.I64"/>, row-major.</summary>
    /// <exception cref="InvalidOperationException">The tensor has another type.</exception>
    public ReadOnlySpan<long> Longs => Elements<long>(TensorType.I64);

    /// <summary>A tensor of type <see cref="TensorType.F32"/> with a copy of the elements.</summary>
    /// <param name="name">The name.</param>
    /// <param name="shape">The lengths of the axes, outermost first.</param>
    /// <param name="elements">The elements, row-major.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ArgumentException">The shape does not multiply to the number of elements.</exception>
    public static TensorData Of(string name, IReadOnlyList<int> shape, ReadOnlySpan<float> elements) =>
        new(name, TensorType.F32, shape, MemoryMarshal.AsBytes(elements).ToArray());

    /// <summary>A tensor of type <see cref="TensorType.F64"/> with a copy of the elements.</summary>
    /// <inheritdoc cref="Of(string, IReadOnlyList{int}, ReadOnlySpan{float})"/>
    public static TensorData Of(string name, IReadOnlyList<int> shape, ReadOnlySpan<double> elements) =>
        new(name, TensorType.F64, shape, MemoryMarshal.AsBytes(elements).ToArray());

    /// <summary>A tensor of type <see cref="TensorType.I64"/> with a copy of the elements.</summary>
    /// <inheritdoc cref="Of(string, IReadOnlyList{int}, ReadOnlySpan{float})"/>
    public static TensorData Of(string name, IReadOnlyList<int> shape, ReadOnlySpan<long> elements) =>
        new(name, TensorType.I64, shape, MemoryMarshal.AsBytes(elements).ToArray());

    /// <summary>How many bytes a tensor takes.</summary>
    /// <param name="type">The kind of elements.</param>
    /// <param name="shape">The lengths of the axes.</param>
    /// <returns>The number of bytes, or −1 where a length is negative or the number exceeds what an array can hold.</returns>
    internal static long ByteLength(TensorType type, IReadOnlyList<int> shape)
    {
        if (shape.Any(length => length < 0))
            return -1;
        if (shape.Contains(0))
            return 0;
        long bytes = type == TensorType.F32 ? 4 : 8;
        foreach (var length in shape)
        {
            bytes *= length;
            if (bytes > Array.MaxLength)
                return -1;
        }

        return bytes;
    }

    ReadOnlySpan<T> Elements<T>(TensorType type)
        where T : unmanaged =>
        Type == type
            ? MemoryMarshal.Cast<byte, T>(Bytes.Span)
            : throw new InvalidOperationException($"tensor '{Name}' has elements of type {Type}, not {type}");
}

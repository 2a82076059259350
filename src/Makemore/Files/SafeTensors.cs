using System.Buffers.Binary;

namespace Makemore.Files;

/// <summary>
/// Tensors in the safetensors format, which PyTorch, JAX and others read and write: the length of a header (8 bytes,
/// little-endian), the header (JSON: type, shape and place of each tensor), and the bytes of the tensors, row-major.
/// </summary>
/// <remarks>
/// Format and order follow the reference implementation, https://github.com/huggingface/safetensors: tensors lie in the order of
/// their types, widest first, then of their names, and the header is padded with spaces to a multiple of 8 bytes. So the same
/// tensors always give the same bytes.
/// </remarks>
public sealed class SafeTensors
{
    readonly Dictionary<string, TensorData> byName;

    SafeTensors(string source, IReadOnlyList<TensorData> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        (Source, Tensors, Metadata) = (source, tensors, metadata);
        byName = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    /// <summary>The file that was read, for messages.</summary>
    public string Source { get; }

    /// <summary>The tensors in the order of their bytes.</summary>
    public IReadOnlyList<TensorData> Tensors { get; }

    /// <summary>The texts that stand beside the tensors (<c>__metadata__</c>).</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>A tensor by its name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="MakemoreException">The file has no such tensor.</exception>
    public TensorData this[string name] =>
        byName.GetValueOrDefault(name)
        ?? throw new MakemoreException($"'{Source}' has no tensor '{name}'; it has: {string.Join(", ", byName.Keys)}");

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its tensors and texts.</returns>
    /// <exception cref="MakemoreException">The file cannot be read, or <see cref="Parse"/> refuses it.</exception>
    public static SafeTensors Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path))
            throw new MakemoreException($"'{path}' is a directory; give a safetensors file");
        try
        {
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MakemoreException($"'{path}' cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Takes the content of a file apart. Tensors share its bytes.</summary>
    /// <param name="content">The content.</param>
    /// <param name="source">Where it came from, for messages.</param>
    /// <returns>Its tensors and texts.</returns>
    /// <exception cref="MakemoreException">
    /// The content is cut short, the header is not what the format demands, a type is none of <see cref="TensorType"/>, a shape
    /// does not fit its bytes, or the tensors do not cover the bytes one after another.
    /// </exception>
    public static SafeTensors Parse(ReadOnlyMemory<byte> content, string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (content.Length < sizeof(ulong))
        {
            throw new MakemoreException(
                $"'{source}' is not a safetensors file: it has {content.Length} bytes, and the length of its header takes 8");
        }

        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(content.Span);
        const int allowed = SafeTensorsHeader.LongestAllowed;
        if (headerLength > allowed)
        {
            throw new MakemoreException(
                $"'{source}' is not a safetensors file: its header would have {headerLength:N0} bytes, and {allowed:N0} are allowed");
        }

        var rest = content[sizeof(ulong)..];
        if (headerLength > (ulong)rest.Length)
            throw new MakemoreException($"'{source}' is cut short: its header has {headerLength:N0} bytes, and {rest.Length:N0} are there");
        var header = SafeTensorsHeader.Parse(rest[..(int)headerLength], source);
        var data = rest[(int)headerLength..];
        header.CheckPlaces(data.Length, source);
        var tensors = header.Tensors.Select(
            tensor => new TensorData(tensor.Name, tensor.Type, tensor.Shape, data[(int)tensor.Begin..(int)tensor.End]));
        return new(source, [.. tensors], header.Metadata);
    }

    /// <summary>Writes a file, by way of a temporary one beside it (<see cref="AtomicFile"/>).</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">The tensors, in any order, with different names.</param>
    /// <param name="metadata">Texts to stand beside them.</param>
    /// <exception cref="ArgumentException">Two tensors have the same name, or one is called <c>__metadata__</c>.</exception>
    /// <exception cref="MakemoreException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<TensorData> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        TensorData[] ordered = [.. tensors.OrderBy(tensor => Rank(tensor.Type)).ThenBy(tensor => tensor.Name, StringComparer.Ordinal)];
        var header = SafeTensorsHeader.Of(ordered, metadata).ToBytes();
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var tensor in ordered)
                stream.Write(tensor.Bytes.Span);
        });
    }

    // The order of the reference implementation: its types by falling alignment, then as they are listed there.
    static int Rank(TensorType type) => type switch
    {
        TensorType.I64 => 0,
        TensorType.F64 => 1,
        _ => 2,
    };
}

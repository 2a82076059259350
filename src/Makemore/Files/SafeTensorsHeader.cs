using System.Text.Encodings.Web;
using System.Text.Json;

namespace Makemore.Files;

/// <summary>The header of a safetensors file: what lies where.</summary>
/// <param name="Tensors">The tensors in the order of their bytes.</param>
/// <param name="Metadata">The texts beside the tensors.</param>
sealed record SafeTensorsHeader(IReadOnlyList<SafeTensorsHeader.Entry> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The most bytes a header may have, as in the reference implementation.</summary>
    public const int LongestAllowed = 100_000_000;

    const string MetadataKey = "__metadata__";
    const int Alignment = 8;

    /// <summary>One tensor: its bytes are those from <paramref name="Begin"/> to before <paramref name="End"/> after the header.</summary>
    public sealed record Entry(string Name, TensorType Type, IReadOnlyList<int> Shape, long Begin, long End);

    /// <summary>The header of tensors that will lie one after another.</summary>
    public static SafeTensorsHeader Of(IEnumerable<TensorData> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var entries = new List<Entry>();
        var names = new HashSet<string>(StringComparer.Ordinal) { MetadataKey };
        var begin = 0L;
        foreach (var tensor in tensors)
        {
            if (!names.Add(tensor.Name))
                throw new ArgumentException($"'{tensor.Name}' is the name of another tensor, or reserved", nameof(tensors));
            entries.Add(new(tensor.Name, tensor.Type, tensor.Shape, begin, begin += tensor.Bytes.Length));
        }

        return new(entries, metadata ?? new Dictionary<string, string>());
    }

    /// <summary>The JSON of the header, padded with spaces so that the tensors' bytes start at a multiple of 8.</summary>
    public byte[] ToBytes()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (Metadata.Count > 0)
                WriteMetadata(json);
            foreach (var entry in Tensors)
                WriteEntry(json, entry);
            json.WriteEndObject();
        }

        while (buffer.Length % Alignment != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    /// <summary>Reads the JSON of a header.</summary>
    public static SafeTensorsHeader Parse(ReadOnlyMemory<byte> utf8, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new MakemoreException($"'{source}' is not a safetensors file: its header is not a JSON object");
            var entries = new List<Entry>();
            var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (!names.Add(property.Name))
                    throw new MakemoreException($"'{source}' names tensor '{property.Name}' twice");
                if (property.NameEquals(MetadataKey))
                    ReadMetadata(property.Value, metadata, source);
                else
                    entries.Add(ReadEntry(property, source));
            }

            entries.Sort((left, right) => (left.Begin, left.End).CompareTo((right.Begin, right.End)));
            return new(entries, metadata);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new MakemoreException($"'{source}' is not a safetensors file: its header is not valid JSON", error);
        }
    }

    /// <summary>Demands that the tensors cover the bytes after the header, one after another, without gaps.</summary>
    public void CheckPlaces(long dataLength, string source)
    {
        var (end, before) = (0L, "the header");
        foreach (var entry in Tensors)
        {
            var tensor = $"tensor '{entry.Name}'";
            if (entry.End > dataLength)
                throw new MakemoreException($"'{source}' is cut short: {tensor} ends at byte {entry.End:N0} of {dataLength:N0}");
            if (entry.Begin < end)
                throw new MakemoreException($"'{source}' is damaged: {tensor} overlaps {before}");
            if (entry.Begin > end)
            {
                throw new MakemoreException(
                    $"'{source}' is damaged: {entry.Begin - end:N0} bytes between {before} and {tensor} belong to neither");
            }

            (end, before) = (entry.End, tensor);
        }

        if (end < dataLength)
            throw new MakemoreException($"'{source}' is damaged: {dataLength - end:N0} bytes after {before} belong to no tensor");
    }

    void WriteMetadata(Utf8JsonWriter json)
    {
        json.WriteStartObject(MetadataKey);
        foreach (var (key, value) in Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    static void WriteEntry(Utf8JsonWriter json, Entry entry)
    {
        json.WriteStartObject(entry.Name);
        json.WriteString("dtype", entry.Type.ToString());
        json.WriteStartArray("shape");
        foreach (var length in entry.Shape)
            json.WriteNumberValue(length);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(entry.Begin);
        json.WriteNumberValue(entry.End);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void ReadMetadata(JsonElement value, Dictionary<string, string> metadata, string source)
    {
        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Any(text => text.Value.ValueKind != JsonValueKind.String))
            throw new MakemoreException($"'{source}' is damaged: '{MetadataKey}' is not a JSON object of texts");
        foreach (var text in value.EnumerateObject())
        {
            if (!metadata.TryAdd(text.Name, text.Value.GetString()!))
                throw new MakemoreException($"'{source}' is damaged: '{MetadataKey}' has '{text.Name}' twice");
        }
    }

    static Entry ReadEntry(JsonProperty property, string source)
    {
        var where = $"tensor '{property.Name}' of '{source}'";
        var value = property.Value;
        if (value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty("dtype", out var dtype) || dtype.ValueKind != JsonValueKind.String
            || !value.TryGetProperty("shape", out var dimensions) || dimensions.ValueKind != JsonValueKind.Array
            || !value.TryGetProperty("data_offsets", out var offsets) || offsets.ValueKind != JsonValueKind.Array
            || offsets.GetArrayLength() != 2)
        {
            throw new MakemoreException($"{where} is damaged: it needs a dtype, a shape, and data_offsets of two numbers");
        }

        var types = Enum.GetNames<TensorType>();
        var typeName = dtype.GetString()!;
        if (!types.Contains(typeName, StringComparer.Ordinal))
            throw new MakemoreException($"{where} has elements of type {typeName}; convert it to one of {string.Join(", ", types)}");
        var type = Enum.Parse<TensorType>(typeName);

        var shape = new List<int>();
        foreach (var dimension in dimensions.EnumerateArray())
        {
            if (dimension.ValueKind != JsonValueKind.Number || !dimension.TryGetInt32(out var length) || length < 0)
                throw new MakemoreException($"{where} is damaged: its shape has a length of {dimension.GetRawText()}");
            shape.Add(length);
        }

        if (offsets[0].ValueKind != JsonValueKind.Number || !offsets[0].TryGetInt64(out var begin) || begin < 0
            || offsets[1].ValueKind != JsonValueKind.Number || !offsets[1].TryGetInt64(out var end) || end < begin)
        {
            throw new MakemoreException($"{where} is damaged: its data_offsets are {offsets.GetRawText()}");
        }

        if (TensorData.ByteLength(type, shape) != end - begin)
        {
            throw new MakemoreException(
                $"{where} is damaged: shape [{string.Join(", ", shape)}] of {type} does not fill the {end - begin:N0} bytes it was given");
        }

        return new(property.Name, type, shape, begin, end);
    }
}

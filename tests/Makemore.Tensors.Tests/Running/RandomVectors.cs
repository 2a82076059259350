using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Makemore.Testing;
using Xunit;

namespace Makemore.Tensors.Running;

/// <summary>The values that real PyTorch and Python drew, by section, seed and name.</summary>
static class RandomVectors
{
    static readonly Lazy<JsonDocument> document =
        new(() => JsonDocument.Parse(File.ReadAllBytes(TestData.Reference("random-vectors.json"))), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The seeds for which every value was drawn.</summary>
    public static TheoryData<long> Seeds => [42, 2147483647, 3407];

    /// <summary>Every seed with both code paths.</summary>
    public static TheoryData<long, NormalVariant> SeedsAndVariants
    {
        get
        {
            var data = new TheoryData<long, NormalVariant>();
            foreach (var seed in new long[] { 42, 2147483647, 3407 })
            {
                data.Add(seed, NormalVariant.Scalar);
                data.Add(seed, NormalVariant.Avx2);
            }

            return data;
        }
    }

    public static JsonElement Common(string name) => document.Value.RootElement.GetProperty("common").GetProperty(name);

    public static JsonElement Common(long seed, string name) => Common($"seed{seed}/{name}");

    public static JsonElement Of(NormalVariant variant, long seed, string name)
    {
        var section = variant == NormalVariant.Avx2 ? "avx2" : "scalar";
        return document.Value.RootElement.GetProperty(section).GetProperty($"seed{seed}/{name}");
    }

    public static JsonElement Section(string name) => document.Value.RootElement.GetProperty(name);

    public static float[] Floats(this JsonElement values) => [.. values.EnumerateArray().Select(value => (float)value.GetDouble())];

    public static double[] Doubles(this JsonElement values) => [.. values.EnumerateArray().Select(value => value.GetDouble())];

    public static long[] Longs(this JsonElement values) => [.. values.EnumerateArray().Select(value => value.GetInt64())];

    public static int[] Ints(this JsonElement values) => [.. values.EnumerateArray().Select(value => value.GetInt32())];

    public static string[] Strings(this JsonElement values) => [.. values.EnumerateArray().Select(value => value.GetString()!)];

    /// <summary>The first and the last of many values, as the file keeps them.</summary>
    public static float[] Ends(float[] values, int first, int last) => [.. values[..first], .. values[^last..]];

    /// <summary>The SHA-256 of the little-endian bytes of values, in lower-case hexadecimal digits.</summary>
    public static string Sha256<T>(ReadOnlySpan<T> values)
        where T : unmanaged =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values)));
}

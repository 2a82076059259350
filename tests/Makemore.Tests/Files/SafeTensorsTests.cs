using System.Buffers.Binary;
using System.Text;
using Xunit;

namespace Makemore.Files;

public sealed class SafeTensorsTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // The bytes that safetensors.numpy.save({"b": …, "a": …, "n": …}, {"format": "pt"}) of the format's description would give.
    [Fact]
    public void Bytes_are_those_of_the_format()
    {
        SafeTensors.Write(
            folder["x"],
            [
                TensorData.Of("b", [2], [1f, -2f]),
                TensorData.Of("a", [], [0.5f]),
                TensorData.Of("n", [1, 1], [3L]),
            ],
            new Dictionary<string, string> { ["format"] = "pt" });

        const string header =
            """{"__metadata__":{"format":"pt"},"n":{"dtype":"I64","shape":[1,1],"data_offsets":[0,8]}"""
            + ""","a":{"dtype":"F32","shape":[],"data_offsets":[8,12]},"b":{"dtype":"F32","shape":[2],"data_offsets":[12,20]}}""";
        var bytes = File.ReadAllBytes(folder["x"]);
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal(header.PadRight(length), Encoding.UTF8.GetString(bytes, 8, length));
        Assert.InRange(length - header.Length, 0, 7);
        Assert.Equal("03000000000000000000003F0000803F000000C0", Convert.ToHexString(bytes.AsSpan(8 + length)));
    }

    [Fact]
    public void Tensors_and_texts_come_back()
    {
        float[] floats = [1, float.NaN, float.NegativeInfinity, -0f, float.Epsilon, 6];
        SafeTensors.Write(
            folder["x"],
            [
                TensorData.Of("transformer.h.0.attn.c_attn.weight", [2, 3], floats),
                TensorData.Of("step", [], [1L << 40]),
                TensorData.Of("moments", [2], [Math.PI, -1]),
                TensorData.Of("none", [0, 5], ReadOnlySpan<float>.Empty),
                TensorData.Of("quote \" 東京", [1], [2f]),
            ],
            new Dictionary<string, string> { ["alphabet"] = "é\n\"", ["a"] = "" });

        var read = SafeTensors.Read(folder["x"]);
        Assert.Equal(5, read.Tensors.Count);
        var weight = read["transformer.h.0.attn.c_attn.weight"];
        Assert.Equal([2, 3], weight.Shape);
        Assert.Equal(floats.Select(BitConverter.SingleToInt32Bits), weight.Floats.ToArray().Select(BitConverter.SingleToInt32Bits));
        Assert.Equal([1L << 40], read["step"].Longs.ToArray());
        Assert.Equal([Math.PI, -1], read["moments"].Doubles.ToArray());
        Assert.Empty(read["none"].Floats.ToArray());
        Assert.Equal([2f], read["quote \" 東京"].Floats.ToArray());
        Assert.Equal("é\n\"", read.Metadata["alphabet"]);
        Assert.Throws<InvalidOperationException>(() => weight.Longs.Length);
    }

    [Fact]
    public void Reading_and_writing_again_gives_the_same_bytes()
    {
        SafeTensors.Write(
            folder["x"],
            [TensorData.Of("b", [3], [1f, 2, 3]), TensorData.Of("a", [1], [1f]), TensorData.Of("z", [1], [1.0])],
            new Dictionary<string, string> { ["k"] = "v", ["b"] = "é" });
        var read = SafeTensors.Read(folder["x"]);
        SafeTensors.Write(folder["y"], read.Tensors.Reverse(), read.Metadata);
        Assert.Equal(File.ReadAllBytes(folder["x"]), File.ReadAllBytes(folder["y"]));
        Assert.Equal(["x", "y"], folder.Entries);
    }

    [Fact]
    public void File_without_tensors_comes_back()
    {
        SafeTensors.Write(folder["x"], []);
        Assert.Empty(SafeTensors.Read(folder["x"]).Tensors);
        Assert.Equal(16, new FileInfo(folder["x"]).Length);
    }

    [Fact]
    public void Names_are_written_once()
    {
        var tensor = TensorData.Of("a", [1], [1f]);
        Assert.Throws<ArgumentException>(() => SafeTensors.Write(folder["x"], [tensor, tensor]));
        Assert.Throws<ArgumentException>(() => SafeTensors.Write(folder["x"], [TensorData.Of("__metadata__", [1], [1f])]));
        Assert.Throws<ArgumentException>(() => TensorData.Of("a", [2], [1f]));
        Assert.Throws<ArgumentException>(() => TensorData.Of("a", [-1, -1], [1f]));
    }

    [Fact]
    public void Missing_file_directory_and_tensor_are_named()
    {
        var error = Assert.Throws<MakemoreException>(() => SafeTensors.Read(folder["x"]));
        Assert.StartsWith($"'{folder["x"]}' cannot be read: ", error.Message, StringComparison.Ordinal);
        Directory.CreateDirectory(folder["d"]);
        error = Assert.Throws<MakemoreException>(() => SafeTensors.Read(folder["d"]));
        Assert.Equal($"'{folder["d"]}' is a directory; give a safetensors file", error.Message);

        SafeTensors.Write(folder["x"], [TensorData.Of("a", [1], [1f])]);
        error = Assert.Throws<MakemoreException>(() => SafeTensors.Read(folder["x"])["b"]);
        Assert.Equal($"'{folder["x"]}' has no tensor 'b'; it has: a", error.Message);
    }
}

using System.Buffers.Binary;
using System.Text;
using Xunit;

namespace Makemore.Files;

public class SafeTensorsDamageTests
{
    const string A = """ "a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]} """;

    [Theory]
    [InlineData("{" + A + "}", 8, null)]
    [InlineData("{" + A, 8, "'x' is not a safetensors file: its header is not valid JSON")]
    [InlineData("[1]", 0, "'x' is not a safetensors file: its header is not a JSON object")]
    [InlineData("""{"\ud800":{}}""", 0, "'x' is not a safetensors file: its header is not valid JSON")]
    [InlineData("""{"a":3}""", 0, "tensor 'a' of 'x' is damaged: it needs a dtype, a shape, and data_offsets of two numbers")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[2]}}""", 8,
        "tensor 'a' of 'x' is damaged: it needs a dtype, a shape, and data_offsets of two numbers")]
    [InlineData(
        """{"a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}""", 4,
        "tensor 'a' of 'x' has elements of type BF16; convert it to one of F32, F64, I64")]
    [InlineData(
        """{"a":{"dtype":"0","shape":[2],"data_offsets":[0,8]}}""", 8,
        "tensor 'a' of 'x' has elements of type 0; convert it to one of F32, F64, I64")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8,
        "tensor 'a' of 'x' is damaged: its shape has a length of -2")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""", 8,
        "tensor 'a' of 'x' is damaged: its shape has a length of \"2\"")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8,
        "tensor 'a' of 'x' is damaged: its shape has a length of 2.5")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8,
        "tensor 'a' of 'x' is damaged: its data_offsets are [8,0]")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8,
        "tensor 'a' of 'x' is damaged: its data_offsets are [-8,0]")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8,
        "tensor 'a' of 'x' is damaged: shape [3] of F32 does not fill the 8 bytes it was given")]
    [InlineData(
        """{"a":{"dtype":"F64","shape":[65536,65536,65536,65536],"data_offsets":[0,0]}}""", 0,
        "tensor 'a' of 'x' is damaged: shape [65536, 65536, 65536, 65536] of F64 does not fill the 0 bytes it was given")]
    [InlineData("{" + A + "," + A + "}", 8, "'x' names tensor 'a' twice")]
    [InlineData("{" + A + "}", 7, "'x' is cut short: tensor 'a' ends at byte 8 of 7")]
    [InlineData("{" + A + "}", 9, "'x' is damaged: 1 bytes after tensor 'a' belong to no tensor")]
    [InlineData(
        "{" + A + ""","b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8,
        "'x' is damaged: tensor 'b' overlaps tensor 'a'")]
    [InlineData(
        "{" + A + ""","b":{"dtype":"F32","shape":[1],"data_offsets":[12,16]}}""", 16,
        "'x' is damaged: 4 bytes between tensor 'a' and tensor 'b' belong to neither")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8,
        "'x' is damaged: 4 bytes between the header and tensor 'a' belong to neither")]
    [InlineData("""{"__metadata__":{"k":1}}""", 0, "'x' is damaged: '__metadata__' is not a JSON object of texts")]
    [InlineData("""{"__metadata__":{"k":"1","k":"2"}}""", 0, "'x' is damaged: '__metadata__' has 'k' twice")]
    public void Damage_is_told_in_one_line(string header, int dataLength, string? message)
    {
        var error = Record.Exception(() => SafeTensors.Parse(Content(header, dataLength), "x"));
        Assert.Equal(message, error?.Message);
        if (message is not null)
            Assert.IsType<MakemoreException>(error);
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3 }, "'x' is not a safetensors file: it has 3 bytes, and the length of its header takes 8")]
    [InlineData(new byte[] { 3, 0, 0, 0, 0, 0, 0, 0, (byte)'{' }, "'x' is cut short: its header has 3 bytes, and 1 are there")]
    [InlineData(
        new byte[] { 0, 0, 0, 0, 0, 0, 0, 0x80 },
        "'x' is not a safetensors file: its header would have 9,223,372,036,854,775,808 bytes, and 100,000,000 are allowed")]
    public void Impossible_header_lengths_are_refused(byte[] content, string message) =>
        Assert.Equal(message, Assert.Throws<MakemoreException>(() => SafeTensors.Parse(content, "x")).Message);

    [Fact]
    public void File_cut_anywhere_is_refused()
    {
        var whole = Content("{" + A + "}", 8);
        for (var length = 0; length < whole.Length; length++)
            Assert.Throws<MakemoreException>(() => SafeTensors.Parse(whole.AsMemory(0, length), "x"));
    }

    [Fact]
    public void File_with_any_byte_changed_is_read_or_refused()
    {
        var whole = Content("{" + A + "}", 8);
        for (var i = 0; i < whole.Length; i++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                byte[] changed = [.. whole];
                changed[i] ^= (byte)(1 << bit);
                var error = Record.Exception(() => SafeTensors.Parse(changed, "x"));
                Assert.True(error is null or MakemoreException, $"{error}");
            }
        }
    }

    static byte[] Content(string header, int dataLength)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var content = new byte[8 + json.Length + dataLength];
        BinaryPrimitives.WriteUInt64LittleEndian(content, (ulong)json.Length);
        json.CopyTo(content, 8);
        return content;
    }
}

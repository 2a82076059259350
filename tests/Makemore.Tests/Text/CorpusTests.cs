using System.Text;
using Xunit;

namespace Makemore.Text;

public sealed class CorpusTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Lines_are_trimmed_and_blank_ones_dropped()
    {
        var corpus = Corpus.Parse("emma\n\n  olivia \t\n   \nava"u8, "names");
        Assert.Equal(["emma", "olivia", "ava"], corpus.Lines);
        Assert.Equal(6, corpus.LongestLine);
        Assert.Equal("names", corpus.Source);
    }

    [Theory]
    [InlineData("emma\r\nolivia\r\n")]
    [InlineData("emma\rolivia")]
    [InlineData("\uFEFFemma\nolivia\n")]
    public void Any_line_ending_and_a_byte_order_mark_are_accepted(string text)
    {
        Assert.Equal(["emma", "olivia"], Corpus.Parse(text, "names").Lines);
        Assert.Equal(["emma", "olivia"], Corpus.Parse(Encoding.UTF8.GetBytes(text), "names").Lines);
    }

    [Fact]
    public void Characters_are_code_points()
    {
        var corpus = Corpus.Parse("Ærøskøbing\n東京\n𝒜𝒷𝒸"u8, "places");
        Assert.Equal(10, corpus.LongestLine);
        Assert.Equal(3, Corpus.FromLines(["𝒜𝒷𝒸", "ab"]).LongestLine);
    }

    [Fact]
    public void File_is_read()
    {
        File.WriteAllText(folder["names.txt"], "emma\nolivia\n");
        var corpus = Corpus.Load(folder["names.txt"]);
        Assert.Equal(["emma", "olivia"], corpus.Lines);
        Assert.Equal(folder["names.txt"], corpus.Source);
    }

    [Fact]
    public void File_without_end_is_refused()
    {
        if (!File.Exists("/dev/zero"))
            Assert.Skip("there is no /dev/zero");
        Assert.Equal("'/dev/zero' has more than 268,435,456 bytes; give a smaller file", Assert.Throws<MakemoreException>(() => Corpus.Load("/dev/zero")).Message);
    }

    [Fact]
    public void Missing_file_and_directory_are_named()
    {
        Assert.Equal(
            $"there is no file '{folder["names.txt"]}'; give a text file with one thing a line",
            Assert.Throws<MakemoreException>(() => Corpus.Load(folder["names.txt"])).Message);
        Directory.CreateDirectory(folder["names"]);
        Assert.Equal(
            $"'{folder["names"]}' is a directory; give a text file with one thing a line",
            Assert.Throws<MakemoreException>(() => Corpus.Load(folder["names"])).Message);
    }

    [Theory]
    [InlineData("", "'x' is empty; give at least 6 lines of text, one thing a line")]
    [InlineData("\uFEFF", "'x' is empty; give at least 6 lines of text, one thing a line")]
    [InlineData(" \n\r\n\t", "'x' has only blank lines; give at least 6 lines of text, one thing a line")]
    [InlineData("\nemma\n\n", "'x' has only one line that is not blank; give at least 6 lines of text, one thing a line")]
    public void Too_little_text_is_refused(string text, string message)
    {
        Assert.Equal(message, Assert.Throws<MakemoreException>(() => Corpus.Parse(text, "x")).Message);
        Assert.Equal(message, Assert.Throws<MakemoreException>(() => Corpus.Parse(Encoding.UTF8.GetBytes(text), "x")).Message);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'a', (byte)'\n', 0xE9, (byte)'\n' }, "bad byte 0xE9 at offset 2; save it as UTF-8")]
    [InlineData(new byte[] { (byte)'a', 0xC3 }, "bad byte 0xC3 at offset 1; save it as UTF-8")]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'a', 0 }, "bad byte 0xFF at offset 0 (it looks like UTF-16); save it as UTF-8")]
    public void Text_that_is_not_UTF_8_is_refused_with_the_place(byte[] bytes, string message)
    {
        var error = Assert.Throws<MakemoreException>(() => Corpus.Parse(bytes, "x"));
        Assert.Equal($"'x' is not UTF-8 text: {message}", error.Message);
    }

    [Fact]
    public void Line_too_long_is_refused_with_its_number()
    {
        var longest = string.Concat(Enumerable.Repeat("𝒜", 10_000));
        Assert.Equal(10_000, Corpus.FromLines(["a", "", longest]).LongestLine);
        var error = Assert.Throws<MakemoreException>(() => Corpus.FromLines(["a", "", $"{longest}b"], "x"));
        Assert.Equal("line 3 of 'x' has 10,001 characters, and 10,000 are allowed; give one thing a line", error.Message);
    }

    [Fact]
    public void Lines_with_line_breaks_or_half_characters_are_refused()
    {
        Assert.Equal(
            "line 2 of 'lines' holds a line break; give one thing a line",
            Assert.Throws<MakemoreException>(() => Corpus.FromLines(["a", "b\nc"])).Message);
        Assert.Equal(
            "line 1 of 'lines' holds half a surrogate pair at 1; give valid Unicode text",
            Assert.Throws<MakemoreException>(() => Corpus.FromLines(["a\uD835", "b"])).Message);
    }
}

using Xunit;

namespace Makemore.Files;

public sealed class AtomicFileTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Content_is_replaced_and_nothing_else_is_left()
    {
        AtomicFile.Write(folder["a"], "first"u8.ToArray());
        AtomicFile.Write(folder["a"], "second"u8.ToArray());
        Assert.Equal("second", File.ReadAllText(folder["a"]));
        Assert.Equal(["a"], folder.Entries);
    }

    [Fact]
    public void Failure_while_writing_leaves_the_old_content()
    {
        AtomicFile.Write(folder["a"], "first"u8.ToArray());
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(folder["a"], stream =>
        {
            stream.Write("sec"u8);
            throw new InvalidOperationException();
        }));
        Assert.Equal("first", File.ReadAllText(folder["a"]));
        Assert.Equal(["a"], folder.Entries);
    }

    [Fact]
    public void Places_that_cannot_be_written_are_named()
    {
        var missing = folder[Path.Combine("missing", "a")];
        var error = Assert.Throws<MakemoreException>(() => AtomicFile.Write(missing, "x"u8.ToArray()));
        Assert.StartsWith($"'{missing}' cannot be written: ", error.Message, StringComparison.Ordinal);

        Directory.CreateDirectory(folder["a"]);
        Assert.Equal(
            $"'{folder["a"]}' cannot be written: it is a directory",
            Assert.Throws<MakemoreException>(() => AtomicFile.Write(folder["a"], "x"u8.ToArray())).Message);
        Assert.Equal(["a"], folder.Entries);
    }
}

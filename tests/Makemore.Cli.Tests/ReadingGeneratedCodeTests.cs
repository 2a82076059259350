using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;
using Makemore.Testing;
using Xunit;

namespace Makemore.Cli;

/// <summary>Every command in <c>docs/reading-generated-code.md</c> prints what stands under it. With <c>MAKEMORE_UPDATE_EXPECTED=1</c> the page is rewritten.</summary>
public partial class ReadingGeneratedCodeTests
{
    static readonly string Page = Path.Combine(TestData.RepositoryRoot, "docs", "reading-generated-code.md");

    [Fact]
    public void Commands_print_what_the_page_shows()
    {
        if (!Avx2.IsSupported)
            Assert.Skip("the page shows code for vectors of 256 bits, which this machine lacks");
        using var folder = new TemporaryFolder();
        var shown = File.ReadAllText(Page);
        var actual = Snippet().Replace(shown, snippet => $"```text\n$ {snippet.Groups[1].Value}\n{Output(folder, snippet.Groups[1].Value)}```\n");
        Assert.True(Snippet().Count(shown) > 8);
        if (Environment.GetEnvironmentVariable("MAKEMORE_UPDATE_EXPECTED") == "1")
            File.WriteAllText(Page, actual);
        else
            Assert.Equal(Duration().Replace(shown, "in 0 ms"), Duration().Replace(actual, "in 0 ms"));
    }

    // In one folder after another, as a reader would. Streams are told apart by the commands themselves.
    static string Output(TemporaryFolder folder, string command)
    {
        var result = MakemoreProcess.RunShell(folder.Path, command.Replace("./makemore", "$makemore"), ("DOTNET_EnableAVX512", "0"), ("DOTNET_EnableAVX512F", "0"));
        Assert.Equal("", result.Error);
        return result.Output;
    }

    [GeneratedRegex(@"```text\n\$ ([^\n]*)\n(?:(?!```).*\n)*```\n")]
    private static partial Regex Snippet();

    [GeneratedRegex(@"in \d+ ms")]
    private static partial Regex Duration();
}

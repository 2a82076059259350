using Makemore.Testing;
using Xunit;

namespace Makemore.Cli;

/// <summary>What the README shows is what the command prints.</summary>
public class ReadmeTests
{
    static readonly string Readme = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "README.md"));

    [Fact]
    public void Backward_part_in_the_readme_is_what_inspect_prints()
    {
        using var folder = new TemporaryFolder();
        var shown = Readme.Split("```text\n").Select(block => block.Split("\n```")[0]).Single(block => block.StartsWith("backward\n", StringComparison.Ordinal));
        Assert.Contains(shown, MakemoreProcess.Run(folder.Path, "inspect", "mlp").Output);
    }

    [Fact]
    public void Session_in_the_readme_learns_what_training_learns()
    {
        // The lines without times: what was learned from, and how the losses are called.
        using var folder = new TemporaryFolder();
        var output = MakemoreProcess.Run(folder.Path, "train", "--steps", "100").Output;
        Assert.All(["mlp (11,897 parameters) learns names: 32,178 lines of 26 characters;", "guessing: all 27 characters alike     3.2958       27.00", "a table of bigram counts, on dev      2.4605       11.71"], line =>
        {
            Assert.Contains(line, Readme);
            Assert.Contains(line, output);
        });
    }
}

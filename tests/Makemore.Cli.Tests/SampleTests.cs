using Xunit;

namespace Makemore.Cli;

public class SampleTests(TrainedRun trained)
{
    [Fact]
    public void Lectures_samples_are_those_that_the_training_showed()
    {
        var result = Sample("--lecture");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(File.ReadAllText(Path.Combine(trained.Path, "samples.txt")), result.Output);
    }

    [Fact]
    public void Same_seed_gives_the_same_lines_and_another_gives_others()
    {
        Assert.Equal(Sample("--seed", "5").Output, Sample("--seed", "5").Output);
        Assert.NotEqual(Sample("--seed", "5").Output, Sample("--seed", "6").Output);
    }

    [Fact]
    public void Fewer_lines_are_the_beginning_of_more()
    {
        var more = Sample("-n", "30").OutputLines;
        Assert.Equal(30, more.Length);
        Assert.Equal(more[..7], Sample("-n", "7").OutputLines);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--unique")]
    public void Lines_are_the_same_whether_few_or_many_are_made(string option)
    {
        // More than are made side by side.
        string[] options = [.. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        Assert.Equal(Sample(["-n", "3000", .. options]).OutputLines[..100], Sample(["-n", "100", .. options]).OutputLines);
    }

    [Fact]
    public void Low_temperature_repeats_the_likeliest() =>
        Assert.True(Distinct(Sample("-n", "50", "--temperature", "0.01")) < Distinct(Sample("-n", "50")));

    [Fact]
    public void Constraints_are_met_by_every_line()
    {
        var known = Text.BuiltInDataset.Load("names").Lines.ToHashSet();
        var result = Sample("-n", "200", "--prefix", "k", "--contains", "el", "--min-length", "4", "--max-length", "7", "--new", "--unique", "--top-k", "15");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(200, result.OutputLines.Distinct().Count());
        Assert.All(result.OutputLines, line => Assert.True(line[0] == 'k' && line.Contains("el") && line.Length is >= 4 and <= 7 && !known.Contains(line), line));
    }

    [Theory]
    [InlineData("--prefix anna --max-length 3", "the prefix 'anna' has 4 characters, and lines may have 3")]
    [InlineData("--prefix a --max-length 0", "the prefix 'a' has 1 character, and lines may have 0")]
    [InlineData("--prefix an --contains zoe --max-length 4", "a line with 'zoe' in it that begins with 'an' has at least 5 characters, and lines may have 4")]
    [InlineData("--prefix ann --contains nnx --max-length 3", "a line with 'nnx' in it that begins with 'ann' has at least 4 characters, and lines may have 3")]
    [InlineData("--prefix emma --max-length 4 --new", "every line that the constraints allow stands in the data; allow longer ones, or those of the data")]
    [InlineData("--prefix Anna", "character 'A' (U+0041) of 'Anna' is not in the alphabet 'abcdefghijklmnopqrstuvwxyz'; leave it out")]
    public void Constraints_that_no_line_meets_are_told(string options, string message)
    {
        var result = Sample(options.Split(' '));
        Assert.Equal((2, "", $"makemore: {message}\n"), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public void Different_lines_end_when_there_are_no_more()
    {
        var result = Sample("--max-length", "1", "--unique", "-n", "100");
        Assert.Equal((2, "makemore: there are only 27 different lines that the constraints allow\n"), (result.ExitCode, result.Error));
        Assert.Equal(27, result.Output.Split('\n')[..^1].Distinct().Count());
    }

    [Fact]
    public void Reader_that_has_seen_enough_ends_it_silently()
    {
        var result = MakemoreProcess.RunShell(trained.Path, "$makemore sample . -n 1000000000 | head -1");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Single(result.OutputLines);
    }

    [Fact]
    public void Output_goes_on_where_the_file_ends()
    {
        var result = MakemoreProcess.RunShell(trained.Path, "f=$(mktemp); (echo first; $makemore sample . -n 2; echo last) > $f; cat $f; rm $f");
        Assert.Equal(4, result.OutputLines.Length);
        Assert.Equal(("first", "last"), (result.OutputLines[0], result.OutputLines[3]));
    }

    CommandResult Sample(params string[] options) => MakemoreProcess.Run(trained.Folder.Path, ["sample", trained.Path, .. options]);

    static int Distinct(CommandResult result) => result.OutputLines.Distinct(StringComparer.Ordinal).Count();
}

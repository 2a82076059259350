using System.Globalization;
using Xunit;

namespace Makemore.Cli;

public class ScoreTests(TrainedRun trained)
{
    [Fact]
    public void Strings_are_scored_a_character_at_a_time()
    {
        var result = Score("emma", "zzyzx");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(2 + 5 + 6, result.OutputLines.Length);
        Assert.Matches(@"^emma: log-probability -\d+\.\d{4} nats, perplexity \d+\.\d\d; \d+\.\d % of names are less likely$", result.OutputLines[0]);
        Assert.Equal(["e", "m", "m", "a", "."], result.OutputLines[1..6].Select(line => line[2..3]));
        Assert.StartsWith("zzyzx: log-probability -", result.OutputLines[6], StringComparison.Ordinal);
    }

    [Fact]
    public void Files_are_scored_a_line_each()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["names"], "emma\n");
        var fields = Score("--file", folder["names"]).OutputLines.Single().Split('\t');
        Assert.Equal("emma", fields[3]);
        Assert.StartsWith($"emma: log-probability {fields[0]} nats, perplexity {fields[1]}; {fields[2]} % of names", Score("emma").OutputLines[0], StringComparison.Ordinal);
        Assert.InRange(double.Parse(fields[2], CultureInfo.InvariantCulture), 50, 100);
    }

    [Fact]
    public void Character_outside_the_alphabet_is_named_and_the_alphabet_is_shown()
    {
        var result = Score("emma", "Zoë");
        Assert.Equal((2, "", "makemore: character 'Z' (U+005A) of 'Zoë' is not in the alphabet 'abcdefghijklmnopqrstuvwxyz'; leave it out\n"), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public void Models_of_counts_are_scored_too_and_data_that_are_gone_only_cost_the_rank()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["few.txt"], ["emma", "olivia", "ava", "mia", "amelia", "mila", "ella"]);
        Assert.Equal(0, MakemoreProcess.Run(folder.Path, "train", "few.txt", "--model", "ngram", "--out", "run").ExitCode);
        Assert.EndsWith(" % of few are less likely", MakemoreProcess.Run(folder.Path, "score", "run", "emma").OutputLines[0], StringComparison.Ordinal);
        File.Delete(folder["few.txt"]);
        var result = MakemoreProcess.Run(folder.Path, "score", "run", "emma");
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("makemore: what is less likely is left out: what was learned from, ", result.Error, StringComparison.Ordinal);
        Assert.Matches(@"^emma: log-probability -\d+\.\d{4} nats, perplexity \d+\.\d\d$", result.OutputLines[0]);
    }

    CommandResult Score(params string[] arguments) => MakemoreProcess.Run(trained.Folder.Path, ["score", trained.Path, .. arguments]);
}

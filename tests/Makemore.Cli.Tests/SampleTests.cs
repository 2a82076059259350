using Xunit;

namespace Makemore.Cli;

public class SampleTests(TrainedRun trained)
{
    [Fact]
    public void Samples_are_those_that_the_training_showed()
    {
        var result = Sample();
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

    [Fact]
    public void Low_temperature_repeats_the_likeliest() =>
        Assert.True(Distinct(Sample("-n", "50", "--temperature", "0.01")) < Distinct(Sample("-n", "50")));

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

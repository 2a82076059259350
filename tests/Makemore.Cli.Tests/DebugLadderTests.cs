using Xunit;

namespace Makemore.Cli;

public class DebugLadderTests(TrainedRun trained)
{
    [Fact]
    public void Each_level_shows_what_the_one_below_shows_and_one_thing_more()
    {
        string[] things = ["sample: ", "program     sample\n", "loops       sample: ", "public static unsafe class SampleProgram"];
        for (var level = 0; level <= things.Length; level++)
        {
            var result = Sample($"{level}");
            Assert.Equal(0, result.ExitCode);
            Assert.Equal(3, result.OutputLines.Length);
            Assert.Equal(things.Select((_, i) => i < level), things.Select(thing => result.Error.Contains(thing, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void A_program_is_a_line() =>
        Assert.Matches(@"^sample: 9 lines, \d+ steps, [\d,]+ bytes of scratch memory, csharp, (compiled|from the cache) in \d+ ms\n$", Sample("1").Error);

    [Theory]
    [InlineData("5")]
    [InlineData("-1")]
    [InlineData("yes")]
    [InlineData("11")]
    public void Anything_else_is_refused(string level)
    {
        var result = Sample(level);
        Assert.Equal((2, "", $"makemore: MAKEMORE_DEBUG is '{level}'; set it to a level from 0 to 4, or not at all\n"), (result.ExitCode, result.Output, result.Error));
    }

    CommandResult Sample(string level)
    {
        using var process = MakemoreProcess.Start(Path.GetTempPath(), ["sample", trained.Path, "-n", "3"], ("MAKEMORE_DEBUG", level));
        return process.Result();
    }
}

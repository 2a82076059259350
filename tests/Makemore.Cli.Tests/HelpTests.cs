using Xunit;

namespace Makemore.Cli;

public class HelpTests
{
    [Theory]
    [InlineData("", "makemore [command] [options]", "makemore train cities.txt", "Exit codes:", "MAKEMORE_DEBUG=4")]
    [InlineData("--help", "makemore [command] [options]", "makemore train cities.txt", "Exit codes:")]
    [InlineData("train --help", "makemore train [<FILE>] [options]", "[default: 200000]", "[default: 0.1,0.01;", "csharp|cc|interpreter", "[default: csharp]", "Ctrl+C", "--check", "--threads")]
    [InlineData("sample --help", "makemore sample <RUN> [options]", "[default: 20]", "--temperature", "--contains")]
    [InlineData("train --help", "sgd|adam|adamw", "step|constant|linear|cosine", "lecture|makemore|unique", "--find-lr", "--model ngram --order 5", "--model wavenet", "batch|none", "--calibrate", "every other model has its own")]
    [InlineData("models --help", "makemore models [options]", "half a minute", "--model gru --hidden 256")]
    [InlineData("score --help", "makemore score <RUN> [<STRINGS>...] [options]", "nats", "--file")]
    [InlineData("inspect -h", "makemore inspect <MODEL> [options]", "expressions|program|loops|csharp", "[default: program]", "forward|backward|update", "--tensor", "--values", "--dot", "--threads")]
    public void Help_has_usage_defaults_and_examples(string commandLine, params string[] expected)
    {
        var result = MakemoreProcess.Run(Path.GetTempPath(), commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.All(expected, text => Assert.Contains(text, result.Output));
        Assert.Contains("Examples:", result.Output);
    }

    [Fact]
    public void Help_of_inspect_has_only_what_can_be_inspected()
    {
        var help = MakemoreProcess.Run(Path.GetTempPath(), "inspect", "--help").Output;
        Assert.All(["ngram", "bigram-counts", "--order", "--smoothing"], text => Assert.DoesNotContain(text, help));
    }

    [Fact]
    public void Models_are_listed_with_what_they_have_unless_told_otherwise()
    {
        var result = MakemoreProcess.Run(Path.GetTempPath(), "models");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(Models.ModelCatalog.Available.Keys, result.Output.Split('\n').Where(line => line.Length > 0 && line[0] != ' '));
        Assert.Contains("ngram\n  counts of longer sequences with modified Kneser-Ney smoothing (Chen and Goodman 1999), no gradient\n  --order 5\n", result.Output);
        Assert.Contains("  --block 3 --embed 10 --hidden 200\n  --steps 200000 --batch 32 --lr 0.1,0.01 --schedule step --optimizer sgd\n", result.Output);
        Assert.Contains("\n  --layers 4 --heads 4 --width 64\n  --steps 10000 --batch 32 --lr 0.003 --schedule cosine --optimizer adamw --weight-decay 0.1\n", result.Output);
    }

    [Fact]
    public void Version_is_a_number_and_nothing_else() =>
        Assert.Matches(@"^\d+\.\d+\.\d+\n$", MakemoreProcess.Run(Path.GetTempPath(), "--version").Output);
}

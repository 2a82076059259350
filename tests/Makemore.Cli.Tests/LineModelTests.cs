using Xunit;

namespace Makemore.Cli;

public sealed class LineModelTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    [Fact]
    public void Model_of_whole_lines_is_trained_sampled_scored_and_inspected()
    {
        File.WriteAllLines(folder["names.txt"], ["emma", "olivia", "ava", "mia", "amelia", "mila", "ella", "eva", "leo", "mateo", "levi", "liam"]);
        var training = Run("train", "names.txt", "--model", "transformer", "--layers", "1", "--width", "8", "--heads", "2", "--steps", "50", "--batch", "4", "--out", "run");
        Assert.Equal((0, ""), (training.ExitCode, training.Error));
        Assert.StartsWith("transformer (1,088 parameters) learns names.txt: 12 lines of 8 characters; 50 steps of 4 examples, AdamW, lr 0.003, seed 2147483647", training.OutputLines[0]);
        var sample = Run("sample", "run", "--prefix", "em");
        Assert.Equal((0, ""), (sample.ExitCode, sample.Error));
        Assert.All(sample.OutputLines, line => Assert.StartsWith("em", line));
        Assert.StartsWith("emma: log-probability -", Run("score", "run", "emma").Output);
        Assert.Contains("attention[batch,past,head,longest]", Run("inspect", "run").Output);
        Assert.Contains("emb[row,embed]", Run("inspect", "run", "--values").Output);
    }

    public void Dispose() => folder.Dispose();

    CommandResult Run(params string[] arguments) => MakemoreProcess.Run(folder.Path, arguments);
}

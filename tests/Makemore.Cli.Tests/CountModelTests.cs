using Makemore.Files;
using Xunit;

namespace Makemore.Cli;

public sealed class CountModelTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("ngram -n 5", 1.95, 2.01)]
    [InlineData("bigram-counts", 2.45, 2.47)]
    public void Counted_model_tells_its_losses_makes_names_and_is_saved(string model, double least, double most)
    {
        var training = Train(["--model", .. model.Split(' ')]);
        Assert.Equal((0, ""), (training.ExitCode, training.Error));
        Assert.Contains("guessing: all 27 characters alike     3.2958       27.00", training.OutputLines);
        Assert.Contains("a table of bigram counts, on dev      2.4605       11.71", training.OutputLines);
        Assert.InRange(double.Parse(training.OutputLines.Single(line => line.Contains(", on dev") && !line.StartsWith("a table"))[36..43]), least, most);
        Assert.Equal(["run", "run/config.json", "run/model.safetensors", "run/samples.txt"], folder.Entries);
        var sample = MakemoreProcess.Run(folder.Path, "sample", "run", "--lecture");
        Assert.Equal((0, ""), (sample.ExitCode, sample.Error));
        Assert.Equal(20, sample.OutputLines.Length);
        Assert.Equal(File.ReadAllText(folder["run/samples.txt"]), sample.Output);
    }

    [Fact]
    public void Split_decides_how_many_dev_lines_were_seen_in_training()
    {
        Assert.Contains("of the 3,218 lines of dev, 412 (12.8 %) stand in train too", Train("--model", "bigram-counts").OutputLines);
        Directory.Delete(folder["run"], recursive: true);
        Assert.Contains("of the 2,962 lines of dev, 0 (0.0 %) stand in train too", Train("--model", "bigram-counts", "--split", "unique").OutputLines);
    }

    [Fact]
    public void Command_that_is_suggested_works_for_a_folder_that_looks_like_an_option()
    {
        var training = MakemoreProcess.Run(folder.Path, "train", "--model", "bigram-counts", "--out", "-x");
        Assert.Equal("saved in -x; more like these: makemore sample ./-x", training.OutputLines[^1]);
        var sample = MakemoreProcess.Run(folder.Path, "sample", "./-x", "-n", "1");
        Assert.Equal((0, ""), (sample.ExitCode, sample.Error));
    }

    [Theory]
    [InlineData("ngram")]
    [InlineData("bigram-counts")]
    public void Counts_that_are_damaged_are_told_in_one_line(string model)
    {
        Assert.Equal(0, Train("--model", model).ExitCode);
        var order = model == "ngram" ? 5 : 2;
        Check([TensorData.Of("grams", [1, order], new long[order])], "'run/model.safetensors' lacks the tensor 'counts'");
        Check([TensorData.Of("grams", [1, order], new long[order]), TensorData.Of("counts", [1], [0L])], "'run/model.safetensors' is damaged: a sequence occurs 0 times");
        Check([TensorData.Of("grams", [1, order], Enumerable.Repeat(27L, order).ToArray()), TensorData.Of("counts", [1], [1L])], "'run/model.safetensors' is damaged: a sequence has the token 27, and there are 27 tokens");
        Check([TensorData.Of("grams", [1, 9], new long[9]), TensorData.Of("counts", [1], [1L])], $"'run/model.safetensors' has I64 [1, 9] as 'grams' and I64 [1] as 'counts', and I64 [N, {order}] and I64 [N] are expected");
        Check([TensorData.Of("grams", [1, order], new float[order]), TensorData.Of("counts", [1], [1L])], $"'run/model.safetensors' has F32 [1, {order}] as 'grams'");
        Check([TensorData.Of("W", [1], [1f])], "'run/model.safetensors' has a tensor 'W' that the model ");
        File.WriteAllText(folder["run/model.safetensors"], "garbage");
        Check(null, "'run/model.safetensors' is not a safetensors file: ");
    }

    public void Dispose() => folder.Dispose();

    void Check(TensorData[]? tensors, string message)
    {
        if (tensors is not null)
            SafeTensors.Write(folder["run/model.safetensors"], tensors);
        var result = MakemoreProcess.Run(folder.Path, "sample", "run", "--lecture");
        Assert.StartsWith($"makemore: {message}", result.Error);
        Assert.Equal(1, result.Error.Count(character => character == '\n'));
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
    }

    CommandResult Train(params string[] options) => MakemoreProcess.Run(folder.Path, ["train", "--out", "run", .. options]);
}

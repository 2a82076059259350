using Xunit;

namespace Makemore.Cli;

public class WindowModelTests
{
    [Theory]
    [InlineData("bigram", "bigram (729 parameters)")]
    [InlineData("bigram-net", "bigram-net (729 parameters)")]
    [InlineData("mlp-bn --calibrate", "mlp-bn (12,097 parameters)")]
    [InlineData("mlp-deep --norm none --gain 1.5 --hidden 20", "mlp-deep (3,137 parameters)")]
    [InlineData("wavenet --hidden 20", "wavenet (3,895 parameters)")]
    [InlineData("wavenet-dilated --hidden 20", "wavenet-dilated (8,547 parameters)")]
    public void Model_is_trained_as_suits_it_inspected_sampled_and_scored(string model, string heading)
    {
        using var folder = new TemporaryFolder();
        var training = MakemoreProcess.Run(folder.Path, ["train", "--out", "run", "--steps", "200", "--model", .. model.Split(' ')]);
        Assert.Equal((0, ""), (training.ExitCode, training.Error));
        Assert.StartsWith(heading, training.OutputLines[0]);
        Assert.Contains(model.StartsWith("mlp-bn", StringComparison.Ordinal) ? "lr 0.3" : ", AdamW, ", training.OutputLines[0]);
        var sample = MakemoreProcess.Run(folder.Path, "sample", "run", "--lecture");
        Assert.Equal((0, ""), (sample.ExitCode, sample.Error));
        Assert.Equal(File.ReadAllText(folder["run/samples.txt"]), sample.Output);
        Assert.Equal(0, MakemoreProcess.Run(folder.Path, "score", "run", "emma").ExitCode);
        var values = MakemoreProcess.Run(folder.Path, "inspect", "run", "--values");
        Assert.Equal((0, ""), (values.ExitCode, values.Error));
    }
}

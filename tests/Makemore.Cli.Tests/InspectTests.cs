using Xunit;

namespace Makemore.Cli;

public class InspectTests
{
    [Theory]
    [InlineData("program", "program     train\n", "forward\n", "backward\n", "update\n", "tanh(")]
    [InlineData("loops", "loops       train: ", "for batch in 0..32")]
    [InlineData("csharp", "public static unsafe class Train", "Product.Multiply(rows: 32, columns: 208, depth: 30,")]
    [InlineData("c", "void run(char **memory)", "tile(sums, bottom - top, 30, emb", "for (long batch = 0; batch < 32; batch++)")]
    public void Each_stage_shows_the_step(string stage, params string[] expected)
    {
        using var folder = new TemporaryFolder();
        var result = MakemoreProcess.Run(folder.Path, "inspect", "mlp", "--stage", stage);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.All(expected, text => Assert.Contains(text, result.Output));
        Assert.Empty(folder.Entries);
    }

    [Fact]
    public void Program_is_the_first_stage_and_sizes_are_as_asked()
    {
        using var folder = new TemporaryFolder();
        var result = MakemoreProcess.Run(folder.Path, "inspect", "mlp", "--block", "4", "--embed", "6", "--hidden", "50", "--batch", "8");
        Assert.Contains("axes        vocab=27, embed=6, example=229201, block=4, batch=8, hidden=50\n", result.Output);
    }
}

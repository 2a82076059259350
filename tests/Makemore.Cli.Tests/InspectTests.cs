using System.Text.RegularExpressions;
using Xunit;

namespace Makemore.Cli;

public class InspectTests(TrainedRun trained)
{
    [Theory]
    [InlineData("expressions", "forward\n", "update\n", "tanh(preact) ", "becomes #51")]
    [InlineData("program", "program     train\n", "forward\n", "backward\n", "update\n", "tanh(")]
    [InlineData("loops", "loops       train: ", "for batch in 0..32")]
    [InlineData("csharp", "public static unsafe class Train", "Product.Multiply(rows: 32, columns: 208, depth: 30,")]
    [InlineData("c", "void run(char **memory)", "tile(sums, bottom - top, right - left, 30, emb", "for (long batch = 0; batch < 32; batch++)")]
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

    [Theory]
    [InlineData("program")]
    [InlineData("loops")]
    [InlineData("csharp")]
    public void One_section_is_less_than_all(string stage)
    {
        var sections = new[] { "forward", "backward", "update" }.Select(section => Inspect("mlp", "--stage", stage, "--only", section)).ToList();
        Assert.Equal([true, false, false], sections.Select(section => section.Contains("tanh", StringComparison.OrdinalIgnoreCase)));
        Assert.Equal([false, false, true], sections.Select(section => section.Contains("−= lr·C.grad[vocab,embed]", StringComparison.Ordinal)));
    }

    [Fact]
    public void Rewrites_are_told_with_their_reasons()
    {
        Assert.Contains("table[x]·W = (table·W)[x]; left as written, 277,200 operations instead of 192,000", Inspect("mlp", "--rewrites"));
        Assert.Contains("table[x]·W = (table·W)[x]; done, ", Inspect("mlp", "--rewrites", "--batch", "2048", "--embed", "64"));
    }

    [Fact]
    public void Who_waits_at_a_terminal_sees_how_far_it_has_come()
    {
        if (!File.Exists("/usr/bin/script"))
            Assert.Skip("there is no 'script' to make a terminal with");
        var shown = MakemoreProcess.RunShell(Path.GetTempPath(), "script -qec \"$makemore inspect wavenet-dilated --values --batch 256 --tensor loss\" /dev/null", ("TERM", "xterm-256color"));
        Assert.Equal(0, shown.ExitCode);

        // What reads it takes a carriage return for the end of a line.
        Assert.Matches(@"\n\x1b\[Kcomputing line \d+ of \d+\n", shown.Output);
        Assert.Contains("\n\e[Kvalues      wavenet-dilated before its first step", shown.Output);
    }

    [Fact]
    public void A_run_shows_what_its_weights_make_of_its_data()
    {
        var before = Inspect("mlp", "--values", "--tensor", "loss", "--batch", "256");
        var after = Inspect(trained.Path, "--values", "--tensor", "loss", "--batch", "256");
        Assert.Contains("values      mlp before its first step, seed 2147483647; one batch of 256\n", before);
        Assert.Contains("after 400 steps; one batch of 256\n", after);
        Assert.InRange(Loss(before), 3.2, 3.4);
        Assert.InRange(Loss(after), 2.0, 2.9);
    }

    [Fact]
    public void A_run_has_its_own_sizes_and_batch()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["few.txt"], "ann\nbob\ncid\ndan\neve\nfay\ngus\nhal\n");
        Assert.Equal(0, MakemoreProcess.Run(folder.Path, "train", "few.txt", "--steps", "10", "--lr", "0.1", "--hidden", "12", "--batch", "5", "--out", "run").ExitCode);
        var result = MakemoreProcess.Run(folder.Path, "inspect", "run");
        Assert.Contains("batch=5, hidden=12\n", result.Output);
        File.AppendAllText(folder["few.txt"], "zoë\n");
        result = MakemoreProcess.Run(folder.Path, "inspect", "run");
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Matches("^makemore: '.*few.txt' has changed since it was learned from; put it back, or train again\n$", result.Error);
        File.Delete(folder["few.txt"]);
        Assert.Matches("^makemore: what was learned from, '.*few.txt', is not there any more; put it back, or train again\n$", MakemoreProcess.Run(folder.Path, "inspect", "run").Error);
        Assert.Equal("makemore: 'run' is a run and has sizes of its own; leave --hidden out\n", MakemoreProcess.Run(folder.Path, "inspect", "run", "--hidden", "12").Error);
    }

    [Theory]
    [InlineData("program", "\"logits\" -> \"counts\";")]
    [InlineData("expressions", "\"logits\" -> \"#17\";")]
    public void Drawings_have_arrows_from_what_is_read_to_what_reads_it(string stage, string arrow)
    {
        var dot = Inspect("mlp", "--stage", stage, "--dot");
        Assert.StartsWith("digraph ", dot);
        Assert.Contains(arrow, dot);
    }

    static string Inspect(params string[] arguments)
    {
        var result = MakemoreProcess.Run(Path.GetTempPath(), ["inspect", .. arguments]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return result.Output;
    }

    static double Loss(string table) => double.Parse(Regex.Match(table, @"^ +([\d.]+) .* loss +=", RegexOptions.Multiline).Groups[1].Value);
}

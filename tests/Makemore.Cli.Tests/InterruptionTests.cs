using System.Text.Json;
using Xunit;

namespace Makemore.Cli;

public class InterruptionTests
{
    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public void Signal_ends_a_training_and_keeps_what_it_learned(string signal, int exitCode)
    {
        using var folder = new TemporaryFolder();
        using var training = Start(folder);
        training.WaitForError("first step");
        training.Signal(signal);
        var result = training.Result();
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(" of 1,000,000,000; what was learned was kept in runs/names-mlp\n", result.Error);
        Assert.Contains("mlp, on dev", result.Output);
        Assert.Equal(5, folder.Entries.Count(entry => entry.StartsWith("runs/names-mlp", StringComparison.Ordinal)));

        var config = JsonDocument.Parse(File.ReadAllText(folder["runs/names-mlp/config.json"])).RootElement;
        Assert.InRange(config.GetProperty("steps").GetInt32(), 1, 999_999_999);
        Assert.Equal(0, MakemoreProcess.Run(folder.Path, "sample", "runs/names-mlp").ExitCode);
    }

    [Fact]
    public void Second_signal_is_heard_too()
    {
        using var folder = new TemporaryFolder();
        using var training = Start(folder);
        training.WaitForError("first step");
        training.Signal("INT");
        training.Signal("INT");
        Assert.Equal(130, training.Result().ExitCode);
    }

    [Fact]
    public void Terminal_that_is_gone_costs_nothing_of_what_is_learned()
    {
        if (!File.Exists("/usr/bin/script"))
            Assert.Skip("there is no 'script' to make a terminal with");
        using var folder = new TemporaryFolder();
        var training = MakemoreProcess.RunShell(
            folder.Path,
            """
            script -qefc "trap '' HUP; exec $makemore train --steps 200000" /dev/null > seen & terminal=$!
            until grep -q steps/s seen; do sleep 0.1; done
            kill -9 $terminal
            until [ -e runs/names-mlp/config.json ]; do sleep 0.1; done
            """,
            ("TERM", "xterm"));
        Assert.Equal(0, training.ExitCode);
        Assert.Equal(0, MakemoreProcess.Run(folder.Path, "sample", "runs/names-mlp").ExitCode);
    }

    static MakemoreProcess Start(TemporaryFolder folder) => MakemoreProcess.Start(folder.Path, ["train", "--steps", "1000000000"], ("MAKEMORE_DEBUG", "1"));
}

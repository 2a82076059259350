using Makemore.Tensors.Backends;
using Makemore.Tensors.Backends.C;
using Xunit;

namespace Makemore.Cli;

public class BackendTests(TrainedRun trained)
{
    [Theory]
    [InlineData("csharp")]
    [InlineData("cc")]
    [InlineData("interpreter")]
    public void Every_backend_makes_the_same_lines(string backend)
    {
        SkipWithoutCompiler(backend);
        var usual = MakemoreProcess.Run(trained.Folder.Path, "sample", trained.Path, "-n", "5");
        var result = MakemoreProcess.Run(trained.Folder.Path, "sample", trained.Path, "-n", "5", "--backend", backend);
        Assert.Equal((0, "", usual.Output), (result.ExitCode, result.Error, result.Output));
    }

    [Theory]
    [InlineData("cc", 100)]
    [InlineData("interpreter", 2)]
    public void Every_backend_trains(string backend, int steps)
    {
        SkipWithoutCompiler(backend);
        Assert.Equal(DevLoss("csharp"), DevLoss(backend), 0.001);

        // The interpreter is slow: a few lines to learn, a few steps.
        double DevLoss(string name)
        {
            using var folder = new TemporaryFolder();
            File.WriteAllLines(folder["few.txt"], ["ann", "bob", "cid", "dan", "eve", "fay", "guy", "hal", "ida", "joe"]);
            var training = MakemoreProcess.Run(folder.Path, "train", "few.txt", "--steps", $"{steps}", "--lr", "0.1", "--hidden", "16", "--backend", name);
            Assert.Equal((0, ""), (training.ExitCode, training.Error));
            return double.Parse(training.OutputLines.Single(line => line.StartsWith("mlp, on dev", StringComparison.Ordinal))[36..43]);
        }
    }

    [Theory]
    [InlineData("train --backend cc")]
    [InlineData("sample {run} --backend cc")]
    public void A_machine_without_a_C_compiler_is_told_so_in_one_line(string commandLine)
    {
        using var folder = new TemporaryFolder();
        using var started = MakemoreProcess.Start(folder.Path, [.. commandLine.Split(' ').Select(word => word == "{run}" ? trained.Path : word)], ("CC", "no-such-cc"));
        var result = started.Result();
        Assert.Equal("makemore: there is no C compiler 'no-such-cc' on this machine; install one such as gcc, or name one in the environment variable CC\n", result.Error);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Empty(folder.Entries);
    }

    internal static void SkipWithoutCompiler(string backend)
    {
        try
        {
            _ = backend == "cc" ? new CCompiler().Identity : "";
        }
        catch (BackendUnavailableException exception)
        {
            Assert.Skip(exception.Message);
        }
    }
}

using Xunit;

namespace Makemore.Cli;

public class KernelCacheTests
{
    [Theory]
    [InlineData("csharp")]
    [InlineData("cc")]
    public void Damaged_cache_is_mended_and_changes_nothing(string backend)
    {
        BackendTests.SkipWithoutCompiler(backend);
        using var folder = new TemporaryFolder();
        Train(folder, backend).Dispose();
        string[] kernels = Directory.GetFiles(folder["cache"]);
        Assert.Equal(3, kernels.Length);
        var good = kernels.ToDictionary(file => file, File.ReadAllBytes);
        File.WriteAllText(kernels[0], "garbage");
        File.WriteAllBytes(kernels[1], good[kernels[1]][..^100]);
        File.WriteAllBytes(kernels[2], []);

        using var again = Train(folder, backend);
        var result = again.Result();
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.All(kernels, file => Assert.Equal(good[file], File.ReadAllBytes(file)));
        Assert.Equal(File.ReadAllBytes(folder["runs/names-mlp/model.safetensors"]), File.ReadAllBytes(folder["runs/names-mlp-2/model.safetensors"]));
    }

    [Fact]
    public void Two_processes_share_an_empty_cache()
    {
        using var folder = new TemporaryFolder();
        using var first = Start(folder, "a");
        using var second = Start(folder, "b");
        Assert.Equal((0, ""), (first.Result().ExitCode, first.Result().Error));
        Assert.Equal((0, ""), (second.Result().ExitCode, second.Result().Error));
        Assert.Equal(3, Directory.GetFiles(folder["cache"]).Length);
    }

    [Fact]
    public void Cache_that_cannot_be_made_is_done_without()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["cache"], "a file");
        using var training = Train(folder);
        Assert.Equal((0, ""), (training.Result().ExitCode, training.Result().Error));
    }

    static MakemoreProcess Train(TemporaryFolder folder, string backend = "csharp")
    {
        File.WriteAllLines(folder["names.txt"], ["ann", "bob", "cid", "dan", "eve", "fay", "guy", "hal", "ida", "joe"]);
        var training = MakemoreProcess.Start(folder.Path, ["train", "names.txt", "--steps", "20", "--backend", backend], ("MAKEMORE_CACHE", folder["cache"]));
        training.Result();
        return training;
    }

    static MakemoreProcess Start(TemporaryFolder folder, string output) =>
        MakemoreProcess.Start(folder.Path, ["train", "--steps", "20", "--out", output], ("MAKEMORE_CACHE", folder["cache"]));
}

using Xunit;

[assembly: AssemblyFixture(typeof(Makemore.Cli.TrainedRun))]

namespace Makemore.Cli;

/// <summary>A short training on the built-in names that many tests look at, and a kernel cache that all share.</summary>
public sealed class TrainedRun : IDisposable
{
    readonly TemporaryFolder folder = new();

    public TrainedRun() => Training = MakemoreProcess.Run(folder.Path, "train", "--steps", "400", "--lr", "0.1");

    internal static string Cache { get; } = Directory.CreateTempSubdirectory("makemore-cli-tests-cache-").FullName;

    /// <summary>The folder in which the command ran.</summary>
    internal TemporaryFolder Folder => folder;

    internal CommandResult Training { get; }

    /// <summary>The folder of the run.</summary>
    internal string Path => folder["runs/names-mlp"];

    /// <summary>Copies the run to where a test may damage it.</summary>
    internal void CopyTo(string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.EnumerateFiles(Path))
            File.Copy(file, System.IO.Path.Combine(target, System.IO.Path.GetFileName(file)));
    }

    public void Dispose()
    {
        folder.Dispose();
        Directory.Delete(Cache, recursive: true);
    }
}

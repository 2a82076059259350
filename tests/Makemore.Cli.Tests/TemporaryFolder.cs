namespace Makemore.Cli;

/// <summary>A new folder for one test, deleted after it.</summary>
sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("makemore-cli-tests-").FullName;

    /// <summary>All files and folders in it, however deep.</summary>
    public IEnumerable<string> Entries =>
        Directory.EnumerateFileSystemEntries(Path, "*", SearchOption.AllDirectories).Select(path => System.IO.Path.GetRelativePath(Path, path)).Order(StringComparer.Ordinal);

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

namespace Makemore;

/// <summary>A new folder for one test, deleted after it.</summary>
sealed class TemporaryFolder : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("makemore-tests-").FullName;

    public string this[string name] => Path.Combine(folder, name);

    public IEnumerable<string> Entries => Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order();

    public void Dispose() => Directory.Delete(folder, recursive: true);
}

namespace Makemore.Tensors.Backends.C;

/// <summary>A file that nobody else has, for compilers and loaders that know nothing but files; disposing deletes it.</summary>
sealed class TemporaryFile : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("makemore-");

    /// <summary>Where it is, or will be.</summary>
    public string Path => System.IO.Path.Combine(folder.FullName, "program.so");

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);
}

using System.Security.Cryptography;
using System.Text;

namespace Makemore.Tensors.Backends;

/// <summary>Compiled programs on disk, one file each, under the hash of everything they depend on.</summary>
/// <remarks>
/// A file holds the SHA-256 of its key and contents, then the contents; what does not match is as good as absent. Files are written
/// beside and renamed, so processes may share a folder. A folder that cannot be used is no error: programs are then compiled anew.
/// </remarks>
public sealed class KernelCache(string folder)
{
    /// <summary>The folder.</summary>
    public string Folder { get; } = folder;

    /// <summary>The usual place: <c>$MAKEMORE_CACHE</c>, else <c>makemore/kernels</c> in the user's folder for caches.</summary>
    public static KernelCache Default => new(
        Environment.GetEnvironmentVariable("MAKEMORE_CACHE") is { Length: > 0 } folder ? folder
        : Path.Combine(UserCache, "makemore", "kernels"));

    static string UserCache => Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
        : OperatingSystem.IsLinux() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache")
        : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);

    /// <summary>The key of what depends on these texts and on nothing else.</summary>
    public static string Key(params string[] parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..32];

    /// <summary>The compiled program under a key, or null where there is none that is whole.</summary>
    public byte[]? Find(string key)
    {
        try
        {
            var file = File.ReadAllBytes(PathOf(key));
            return file.Length > SHA256.HashSizeInBytes && Seal(key, file.AsSpan(SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(file.AsSpan(0, SHA256.HashSizeInBytes))
                ? file[SHA256.HashSizeInBytes..]
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps a compiled program under a key, if the folder can be written.</summary>
    public void Keep(string key, byte[] compiled)
    {
        var temporary = $"{PathOf(key)}.{Guid.NewGuid():N}";
        try
        {
            Directory.CreateDirectory(Folder);
            using (var file = File.Create(temporary))
            {
                file.Write(Seal(key, compiled));
                file.Write(compiled);
            }

            File.Move(temporary, PathOf(key), overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
        }
    }

    static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A leftover in a cache harms nobody.
        }
    }

    string PathOf(string key) => Path.Combine(Folder, $"{key}.kernel");

    static byte[] Seal(string key, ReadOnlySpan<byte> compiled)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(key));
        hash.AppendData(compiled);
        return hash.GetHashAndReset();
    }
}

namespace Makemore.Files;

/// <summary>Writes a file so that at every moment, a power cut included, it has its old content or its new content, whole.</summary>
public static class AtomicFile
{
    /// <summary>Writes beside the file, flushes to the disk, and renames. Replaces what was there.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="write">Writes the content; an exception of it leaves the old file as it was.</param>
    /// <exception cref="MakemoreException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(write);
        if (Directory.Exists(path))
            throw new MakemoreException($"'{path}' cannot be written: it is a directory");
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            try
            {
                using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
                {
                    write(stream);
                    stream.Flush(flushToDisk: true);
                }

                File.Move(temporary, path, overwrite: true);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MakemoreException($"'{path}' cannot be written: {error.Message}", error);
        }
    }

    /// <summary>Writes bytes; see <see cref="Write(string, Action{Stream})"/>.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="content">The content.</param>
    /// <exception cref="MakemoreException">The file cannot be written.</exception>
    public static void Write(string path, ReadOnlyMemory<byte> content) => Write(path, stream => stream.Write(content.Span));
}

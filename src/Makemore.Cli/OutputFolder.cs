namespace Makemore.Cli;

/// <summary>Where a training is saved: chosen and tried out before it begins, made when there is something to save.</summary>
static class OutputFolder
{
    /// <summary>The folder for what was learned from some data: <c>runs/names-mlp</c>.</summary>
    /// <param name="data">A path, or the name of a data set.</param>
    /// <param name="model">The model's name.</param>
    public static string Default(string data, string model) =>
        Path.Combine("runs", $"{(Path.GetFileNameWithoutExtension(data) is { Length: > 0 } name ? name : "data")}-{model}");

    /// <summary>Writes a folder whole or not at all: under another name first, unless it is there and empty, and then as <c>folder-2</c>, <c>folder-3</c>, … if somebody else has made it meanwhile.</summary>
    /// <param name="folder">What it is to be called.</param>
    /// <param name="write">Writes the folder at a path.</param>
    /// <returns>What it is called.</returns>
    /// <exception cref="IOException">It cannot be written; nothing is left of it.</exception>
    public static string Write(string folder, Action<string> write)
    {
        var wanted = Path.TrimEndingDirectorySeparator(folder);
        var isThere = Directory.Exists(wanted) && IsFree(wanted);
        var begun = isThere ? wanted : $"{wanted}.{Environment.ProcessId}.tmp";
        try
        {
            write(begun);
            return isThere ? wanted : MoveToFirstFree(begun, wanted);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or MakemoreException)
        {
            foreach (var file in Directory.Exists(begun) ? Directory.GetFiles(begun) : [])
                File.Delete(file);
            if (!isThere && Directory.Exists(begun))
                Directory.Delete(begun);
            throw new IOException(exception.Message, exception);
        }
    }

    static string MoveToFirstFree(string written, string wanted)
    {
        var free = wanted;
        for (var number = 2; !Move(written, free); number++)
            free = $"{wanted}-{number}";
        return free;
    }

    static bool Move(string written, string free)
    {
        try
        {
            Directory.Move(written, free);
            return true;
        }
        catch (IOException) when (Path.Exists(free))
        {
            return false;
        }
    }

    /// <summary>Checks that a folder the user asked for has nothing in it to lose.</summary>
    /// <exception cref="MakemoreException">It is a file, or not empty.</exception>
    public static void CheckFree(string folder)
    {
        if (folder.Length == 0)
            throw new MakemoreException("--out is empty; give a folder to make");
        if (File.Exists(folder))
            throw new MakemoreException($"--out '{folder}' is a file; give a folder to make");
        if (!IsFree(folder))
            throw new MakemoreException($"--out '{folder}' exists and is not empty; give another folder, or remove it first");
    }

    /// <summary>Tries whether a folder could be made and written, and leaves no trace.</summary>
    /// <exception cref="MakemoreException">It could not.</exception>
    public static void CheckWritable(string folder)
    {
        var wanted = Path.GetFullPath(folder);
        var existing = wanted;
        for (; !Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent; existing = parent)
        {
            if (File.Exists(existing))
                throw new MakemoreException($"cannot write to '{folder}': '{existing}' is a file; choose another folder with --out");
        }

        // What is missing is made under another name, so that nobody mistakes the trial for a run.
        var trial = Path.Combine(existing, $".makemore-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(Path.Combine(trial, Path.GetRelativePath(existing, wanted)));
            Directory.Delete(trial, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (Directory.Exists(trial))
                Directory.Delete(trial, recursive: true);
            var reason = exception.Message.Replace(trial, existing, StringComparison.Ordinal);
            throw new MakemoreException($"cannot write to '{folder}': {reason.TrimEnd('.')}; choose another folder with --out", exception);
        }
    }

    static bool IsFree(string folder) => !File.Exists(folder) && (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any());
}

namespace Makemore.Benchmarks;

/// <summary>Where the files of this repository lie.</summary>
static class Repository
{
    /// <summary>The folder that holds <c>Makemore.slnx</c>.</summary>
    public static string Root { get; } = Find();

    /// <summary>The configuration that this program was built in: <c>Release</c>, if it shall mean anything.</summary>
    public static string Configuration { get; } = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;

    /// <summary>The lectures' names, which are not part of the repository: in the folder named by <c>MAKEMORE_SHARED</c>, or in <c>../shared</c> beside it.</summary>
    public static string LectureNames => Path.Combine(Environment.GetEnvironmentVariable("MAKEMORE_SHARED") is { Length: > 0 } shared ? shared : Path.Combine(Root, "..", "shared"), "data", "names.txt");

    static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Makemore.slnx")))
                return folder;
        }

        throw new InvalidOperationException($"no Makemore.slnx in {AppContext.BaseDirectory} or above it");
    }
}

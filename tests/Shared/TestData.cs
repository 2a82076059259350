using Xunit;

namespace Makemore.Testing;

/// <summary>
/// Where tests find what others made: the lectures' names and the values drawn by real PyTorch and Python. Those files are not
/// part of the repository; they lie in the folder named by <c>MAKEMORE_SHARED</c>, or else in <c>../shared</c> beside the
/// repository. A test that asks for one that is missing is skipped.
/// </summary>
static class TestData
{
    /// <summary>The folder that holds <c>Makemore.slnx</c>.</summary>
    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    /// <summary>The path of the 32,033 names of the lectures, one a line.</summary>
    public static string LectureNames => Existing("data", "names.txt");

    /// <summary>The path of a file of reference values.</summary>
    /// <param name="name">The name of the file, such as <c>random-vectors.json</c>.</param>
    /// <returns>The path; the file exists.</returns>
    public static string Reference(string name) => Existing("reference", name);

    static string Existing(string folder, string name)
    {
        var shared = Environment.GetEnvironmentVariable("MAKEMORE_SHARED");
        if (string.IsNullOrEmpty(shared))
            shared = Path.Combine(RepositoryRoot, "..", "shared");
        var path = Path.GetFullPath(Path.Combine(shared, folder, name));
        if (!File.Exists(path))
            Assert.Skip($"{path} is missing; set MAKEMORE_SHARED to the folder that holds {folder}/{name}");
        return path;
    }

    static string FindRepositoryRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Makemore.slnx")))
                return folder;
        }

        throw new InvalidOperationException($"no Makemore.slnx in {AppContext.BaseDirectory} or above it");
    }
}

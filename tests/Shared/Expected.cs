using System.Runtime.CompilerServices;
using Xunit;

namespace Makemore.Testing;

/// <summary>
/// Text that a person can read and judge, kept in a file <c>NAME.expected</c> beside the test. Where the text differs the test
/// fails, and the new text lies in the output folder as <c>NAME.actual</c>; with <c>MAKEMORE_UPDATE_EXPECTED=1</c> the file is rewritten.
/// </summary>
static class Expected
{
    /// <summary>Compares a text with the file of that name.</summary>
    /// <param name="name">The file's name without <c>.expected</c>.</param>
    /// <param name="actual">The text.</param>
    /// <param name="source">The path of the test's source, filled in by the compiler.</param>
    public static void Matches(string name, string actual, [CallerFilePath] string source = "")
    {
        actual = actual.ReplaceLineEndings("\n");
        var file = Path.Combine(Path.GetDirectoryName(InThisRepository(source))!, $"{name}.expected");
        if (Environment.GetEnvironmentVariable("MAKEMORE_UPDATE_EXPECTED") == "1")
        {
            File.WriteAllText(file, actual);
            return;
        }

        var expected = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        if (expected == actual)
            return;
        var kept = Path.Combine(AppContext.BaseDirectory, $"{name}.actual");
        File.WriteAllText(kept, actual);
        Assert.Fail($"{file} says otherwise than {kept} (MAKEMORE_UPDATE_EXPECTED=1 accepts it):\n{Difference(expected.Split('\n'), actual.Split('\n'))}");
    }

    // Reproducible builds, such as those of CI, write /_/ for the repository's own place.
    static string InThisRepository(string source) => source.StartsWith("/_/", StringComparison.Ordinal) ? Path.Combine(TestData.RepositoryRoot, source[3..]) : source;

    // Everything between the first and the last line that differ, what was expected first.
    static string Difference(string[] expected, string[] actual)
    {
        var shorter = Math.Min(expected.Length, actual.Length);
        var start = Enumerable.Range(0, shorter).TakeWhile(i => expected[i] == actual[i]).Count();
        var end = Enumerable.Range(1, shorter - start).TakeWhile(i => expected[^i] == actual[^i]).Count();
        return string.Join('\n', expected[start..^end].Select(line => $"- {line}").Concat(actual[start..^end].Select(line => $"+ {line}")).Prepend($"@ line {start + 1}"));
    }
}

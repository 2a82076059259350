namespace Makemore.Text;

/// <summary>Data sets that come with the program, so that there is something to learn from at once.</summary>
/// <remarks>
/// <c>names</c>: the 32,178 rows of given names of people born in the United States in 2018, lower-cased, in the order of the
/// source: names of girls by frequency, then names of boys. The rows stand as they are: a name given to both appears twice
/// (29,619 are distinct), and frequencies are left out. It is close to the names of the lectures, but not the same list.
/// Source: United States Social Security Administration, "National Data on the relative frequency of given names in the
/// population of U.S. births", year of birth 2018 (<c>yob2018.txt</c>), https://www.ssa.gov/oact/babynames/limits.html; a work of
/// the United States government, in the public domain.
/// </remarks>
public static class BuiltInDataset
{
    /// <summary>The names of the data sets.</summary>
    public static IReadOnlyList<string> Available { get; } = ["names"];

    /// <summary>Reads a data set.</summary>
    /// <param name="name">One of <see cref="Available"/>.</param>
    /// <returns>Its lines.</returns>
    /// <exception cref="MakemoreException">There is no such data set.</exception>
    public static Corpus Load(string name)
    {
        if (!Available.Contains(name, StringComparer.Ordinal))
            throw new MakemoreException($"there is no built-in data set '{name}'; there is: {string.Join(", ", Available)}");
        using var stream = typeof(BuiltInDataset).Assembly.GetManifestResourceStream(typeof(BuiltInDataset), $"{name}.txt")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Corpus.Parse(bytes, name);
    }
}

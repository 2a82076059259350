namespace Makemore.Benchmarks;

/// <summary>Something that can be measured again by anybody.</summary>
interface IBenchmark
{
    /// <summary>The words that ask for it.</summary>
    string Name { get; }

    /// <summary>One line about what it measures.</summary>
    string Summary { get; }

    /// <summary>Measures.</summary>
    /// <param name="log">Where to tell what goes on, besides the result.</param>
    BenchmarkResult Run(TextWriter log);
}

namespace Makemore.Benchmarks;

/// <summary>What a benchmark found.</summary>
/// <param name="Table">The figures.</param>
/// <param name="Remarks">Lines that belong under the table: what was measured where.</param>
/// <param name="Failures">What ought to be otherwise; the process then ends with exit code 1.</param>
sealed record BenchmarkResult(MarkdownTable Table, IReadOnlyList<string> Remarks, IReadOnlyList<string> Failures)
{
    /// <summary>The result as it stands in a README, and on the console.</summary>
    public string ToMarkdown() => $"{Table}\n{string.Join("\n", Remarks.Select(remark => $"{remark}\n"))}";
}

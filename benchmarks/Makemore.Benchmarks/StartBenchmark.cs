using System.Globalization;
using System.Text.RegularExpressions;

namespace Makemore.Benchmarks;

/// <summary>How long a user waits for the first training step, from the command on: programs compiled anew, or found in the cache.</summary>
sealed partial class StartBenchmark : IBenchmark
{
    const int Rounds = 7;

    /// <inheritdoc/>
    public string Name => "start";

    /// <inheritdoc/>
    public string Summary => "the time from the command `makemore train` to its first step, with an empty and a full kernel cache";

    /// <inheritdoc/>
    public BenchmarkResult Run(TextWriter log)
    {
        using var folder = new TemporaryFolder();
        var (empty, full) = (new List<int>(), new List<int>());
        FirstStep(folder, "warm-up", folder["full"]);
        for (var round = 0; round < Rounds; round++)
        {
            empty.Add(FirstStep(folder, $"empty-{round}", folder[$"cache-{round}"]));
            full.Add(FirstStep(folder, $"full-{round}", folder["full"]));
            log.WriteLine($"empty {empty[^1]} ms, full {full[^1]} ms");
        }

        var table = new MarkdownTable("first training step after", "median", "best");
        table.Add("kernel cache empty", $"{Median(empty)} ms", $"{empty.Min()} ms");
        table.Add("kernel cache full", $"{Median(full)} ms", $"{full.Min()} ms");
        return new(table, [$"From the start of the process `makemore train`, {Rounds} times in turn.", $"{Machine.Description}."], []);
    }

    static int Median(List<int> times) => times.Order().ElementAt(times.Count / 2);

    static int FirstStep(TemporaryFolder folder, string run, string cache)
    {
        var said = MakemoreCommand.Run(folder.Path, cache, null, "train", "--steps", "1", "--out", folder[run]);
        return FirstStepLine().Match(said) is { Success: true } line
            ? int.Parse(line.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"the command did not say when its first step was done: {said}");
    }

    [GeneratedRegex("first step after ([0-9]+) ms")]
    private static partial Regex FirstStepLine();
}

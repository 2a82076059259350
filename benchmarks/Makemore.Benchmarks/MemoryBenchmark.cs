using System.Diagnostics;
using System.Globalization;
using Makemore.Models;

namespace Makemore.Benchmarks;

/// <summary>How much memory the command <c>makemore train</c> takes at most, once its kernels are compiled: the process as a whole, with the runtime.</summary>
sealed class MemoryBenchmark : IBenchmark
{
    const double AskedOfTransformer = 150;

    /// <inheritdoc/>
    public string Name => "memory";

    /// <inheritdoc/>
    public string Summary => "the peak memory of the command `makemore train` for each model, its kernels in the cache";

    /// <inheritdoc/>
    public BenchmarkResult Run(TextWriter log)
    {
        using var folder = new TemporaryFolder();
        var table = new MarkdownTable("`makemore train --model`", "peak memory", "asked");
        var failures = new List<string>();
        foreach (var model in ModelCatalog.Available.Keys)
        {
            var peak = WarmPeak(folder, model);
            log.WriteLine($"{model} {Text(peak)}");
            var asked = model == "transformer" ? AskedOfTransformer : double.PositiveInfinity;
            table.Add(model, Text(peak), double.IsFinite(asked) ? $"at most {Text(asked)}" : "");
            if (peak > asked)
                failures.Add($"training the {model} takes {Text(peak)} at most; {Text(asked)} are asked");
        }

        return new(table, ["Resident memory at its highest (`VmHWM`), from the start of the process to its end: training on the built-in names, evaluation, samples.", $"{Machine.Description}."], failures);
    }

    // Of the first run that finds all it needs in the cache.
    static double WarmPeak(TemporaryFolder folder, string model)
    {
        for (var run = 1; ; run++)
        {
            var before = Kernels(folder);
            var peak = Peak(folder, model, $"run-{run}");
            if (Kernels(folder) == before)
                return peak;
        }
    }

    static int Kernels(TemporaryFolder folder) => Directory.Exists(folder["kernels"]) ? Directory.GetFiles(folder["kernels"]).Length : 0;

    // In megabytes, of a training that is cut short: its memory is that of a long one after the first steps.
    static double Peak(TemporaryFolder folder, string model, string run)
    {
        var peak = 0.0;
        string[] steps = ModelCatalog.IsCounted(model) ? [] : ["--steps", "1000", "--evaluations", "1"];
        MakemoreCommand.Run(folder.Path, folder["kernels"], Watch, ["train", "--model", model, "--out", folder[$"{model}-{run}"], .. steps]);
        return peak;

        // The highest so far stands in the process's status, but not after its end.
        void Watch(Process process)
        {
            while (!process.WaitForExit(TimeSpan.FromMilliseconds(5)))
                peak = Math.Max(peak, Highest(process.Id));
        }
    }

    static double Highest(int process)
    {
        const string field = "VmHWM:";
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024 / 1e6;
        }
        catch (IOException)
        {
            return 0; // It has just ended.
        }
    }

    static string Text(double megabytes) => $"{megabytes:F0} MB";
}

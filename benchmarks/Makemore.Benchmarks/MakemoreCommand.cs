using System.Diagnostics;

namespace Makemore.Benchmarks;

/// <summary>The command <c>makemore</c> as a user starts it, in a process of its own.</summary>
static class MakemoreCommand
{
    static readonly string Path = Find();

    /// <summary>Runs it to its end.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="cache">The folder of compiled kernels.</param>
    /// <param name="watch">Called with the process while it runs.</param>
    /// <param name="arguments">The command line.</param>
    /// <returns>What it said.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Run(string folder, string cache, Action<Process>? watch, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["MAKEMORE_DEBUG"] = "1";
        start.Environment["MAKEMORE_CACHE"] = cache;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        watch?.Invoke(process);
        process.WaitForExit();
        var said = error.GetAwaiter().GetResult() + output.GetAwaiter().GetResult();
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"the command ended with exit code {process.ExitCode}: {said}");
    }

    static string Find()
    {
        var folder = System.IO.Path.Combine(Repository.Root, "src", "Makemore.Cli", "bin", Repository.Configuration, "net10.0");
        const string suffix = ".runtimeconfig.json";
        var config = Directory.EnumerateFiles(folder, $"*{suffix}").Single();
        return $"{config[..^suffix.Length]}.dll";
    }
}

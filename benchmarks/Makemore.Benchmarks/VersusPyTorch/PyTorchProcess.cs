using System.Diagnostics;
using System.Globalization;
using Makemore.Text;

namespace Makemore.Benchmarks.VersusPyTorch;

/// <summary>PyTorch at its best, in a process that computes when asked to: a line in, a line out.</summary>
sealed class PyTorchProcess : IDisposable
{
    const string Python = "/usr/bin/python3";

    // Its threads spin for a while when they have nothing to do, on a core that whoever comes next should have.
    static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(150);

    readonly Process process;

    /// <summary>Starts a script of <c>benchmarks/pytorch</c>.</summary>
    /// <param name="script">The script's name.</param>
    /// <param name="path">Its first argument: what it shall work on.</param>
    /// <param name="threads">Its second: how many threads it may compute with.</param>
    public PyTorchProcess(string script, string path, int threads)
    {
        Threads = Amount.Of(threads, "thread");
        var start = new ProcessStartInfo(Python, ["-B", Path.Combine(Repository.Root, "benchmarks", "pytorch", script), path, $"{threads}"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["OPENBLAS_NUM_THREADS"] = start.Environment["OMP_NUM_THREADS"] = $"{threads}";

        // OpenBLAS picks slower kernels when it does not know the processor, or when the environment says so.
        if (Machine.HasAvx512)
            start.Environment["OPENBLAS_CORETYPE"] = "SkylakeX";
        else
            start.Environment.Remove("OPENBLAS_CORETYPE");
        process = Process.Start(start) ?? throw new InvalidOperationException($"{Python} cannot be started");
    }

    /// <summary>How many threads it may compute with.</summary>
    public string Threads { get; }

    /// <summary>Waits until no process of PyTorch takes anything of the machine.</summary>
    public static void LetCalmDown() => Thread.Sleep(Calm);

    /// <summary>The answer to a request.</summary>
    /// <exception cref="InvalidOperationException">The script ended instead.</exception>
    public string Ask(string request)
    {
        process.StandardInput.WriteLine(request);
        process.StandardInput.Flush();
        return process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"'{request}' ended PyTorch's process; is python3-torch installed?");
    }

    /// <summary>The answer to a request for numbers.</summary>
    /// <inheritdoc cref="Ask" path="/exception"/>
    public double[] AskNumbers(string request) => [.. Ask(request).Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];

    /// <inheritdoc/>
    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}

using System.Diagnostics;
using Makemore.Files;
using Makemore.Testing;
using Xunit;

namespace Makemore;

/// <summary>Asks the installed PyTorch: runs a script of <c>torch/</c>, tensors in, tensors out.</summary>
static class Torch
{
    const string Python = "/usr/bin/python3";

    // What the scripts exit with where they find no torch.
    const int Missing = 77;

    /// <summary>Runs a script; the test is skipped where there is no PyTorch.</summary>
    /// <param name="script">The script's name.</param>
    /// <param name="given">What it reads.</param>
    /// <returns>What it wrote.</returns>
    public static SafeTensors Run(string script, params IEnumerable<TensorData> given) => Run(script, [], given);

    /// <inheritdoc cref="Run(string, IEnumerable{TensorData})"/>
    /// <param name="arguments">What it is told besides.</param>
    public static SafeTensors Run(string script, IReadOnlyList<string> arguments, IEnumerable<TensorData> given)
    {
        if (!File.Exists(Python))
            Assert.Skip($"there is no {Python}");
        var folder = Directory.CreateTempSubdirectory("makemore-conformance-").FullName;
        try
        {
            var (input, output) = (Path.Combine(folder, "given"), Path.Combine(folder, "answer"));
            SafeTensors.Write(input, given);
            Run([Path.Combine(TestData.RepositoryRoot, "tests", "Makemore.Conformance", "torch", script), input, output, .. arguments]);
            return SafeTensors.Read(output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static void Run(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(Python, ["-B", .. arguments]) { UseShellExecute = false, RedirectStandardError = true };

        // A second thread gains nothing here, and spins while the other tests compute.
        start.Environment["OMP_NUM_THREADS"] = start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode == Missing)
            Assert.Skip($"{Python} has no torch: install python3-torch");
        Assert.True(process.ExitCode == 0, error);
    }
}

using System.ComponentModel;
using System.Diagnostics;

namespace Makemore.Tensors.Backends.C;

/// <summary>The machine's C compiler: <c>cc</c>, or what the environment variable <c>CC</c> names.</summary>
/// <param name="command">The command and its first arguments, with spaces between; null for the usual one.</param>
public sealed class CCompiler(string? command = null)
{
    // Products and sums may be contracted, but nothing may pretend that there are no NaNs, and with -fno-trapping-math gcc 12 loses terms
    // of sums of selections. `#pragma omp simd` needs no OpenMP library.
    static readonly string[] Flags =
        ["-std=c11", "-O3", "-march=native", "-ffp-contract=fast", "-fno-math-errno", "-fopenmp-simd", "-fPIC", "-shared", "-x", "c", "-"];

    readonly string[] words = (command ?? Environment.GetEnvironmentVariable("CC") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words ? words : ["cc"];

    /// <summary>All that compiled code depends on besides its source: the command, and the macros that name the compiler's version and the processor's instructions.</summary>
    /// <exception cref="BackendUnavailableException">The compiler does not run.</exception>
    public string Identity => field ??= Identify();

    /// <summary>The bytes of a shared library.</summary>
    /// <param name="source">One file of C.</param>
    /// <exception cref="BackendUnavailableException">There is no such compiler.</exception>
    /// <exception cref="InvalidOperationException">The source does not compile; the message is the compiler's.</exception>
    public byte[] Compile(string source)
    {
        using var library = new TemporaryFile();
        var (exitCode, _, errors) = Run(source, [.. Flags, "-o", library.Path, "-lm"]);
        return exitCode == 0
            ? File.ReadAllBytes(library.Path)
            : throw new InvalidOperationException($"generated C does not compile: {errors}\n{source}");
    }

    string Identify()
    {
        var (exitCode, macros, errors) = Run("", [.. Flags, "-dM", "-E"]);
        return exitCode == 0
            ? $"{string.Join(' ', [.. words, .. Flags])}\n{macros}"
            : throw new BackendUnavailableException($"'{string.Join(' ', words)}' is no C compiler that this backend can use: {(errors.Length > 0 ? errors : $"exit code {exitCode}")}");
    }

    (int ExitCode, string Output, string Errors) Run(string input, string[] arguments)
    {
        var start = new ProcessStartInfo(words[0], [.. words[1..], .. arguments]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            Send(input, process.StandardInput);
            process.WaitForExit();
            return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult().Trim());
        }
        catch (Win32Exception exception)
        {
            throw new BackendUnavailableException($"there is no C compiler '{words[0]}' on this machine; install one such as gcc, or name one in the environment variable CC", exception);
        }
    }

    static void Send(string input, StreamWriter standardInput)
    {
        try
        {
            using (standardInput)
                standardInput.Write(input);
        }
        catch (IOException)
        {
            // It ended without reading everything; its exit code and its message say why.
        }
    }
}

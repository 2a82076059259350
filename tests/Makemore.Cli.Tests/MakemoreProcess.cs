using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Makemore.Cli;

/// <summary>What a run of the command left.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">All of its standard output.</param>
/// <param name="Error">All of its standard error.</param>
sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The real command in a process of its own, in a folder where it finds nothing else.</summary>
sealed class MakemoreProcess : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    static readonly string Command = Path.Combine(AppContext.BaseDirectory, "Makemore.Cli.dll");

    readonly Process process;
    readonly StringBuilder output = new();
    readonly StringBuilder error = new();

    MakemoreProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Starts the command.</summary>
    public static MakemoreProcess Start(string folder, string[] arguments, params (string Name, string Value)[] environment) =>
        Start("dotnet", folder, [Command, .. arguments], environment);

    /// <summary>Starts a line of shell, in which <c>$makemore</c> is the command.</summary>
    public static MakemoreProcess StartShell(string folder, string line, params (string Name, string Value)[] environment) =>
        Start("bash", folder, ["-c", line], [.. environment, ("makemore", $"dotnet {Command}")]);

    /// <summary>Runs the command to its end.</summary>
    public static CommandResult Run(string folder, params string[] arguments)
    {
        using var started = Start(folder, arguments);
        return started.Result();
    }

    /// <summary>Runs a line of shell to its end.</summary>
    public static CommandResult RunShell(string folder, string line, params (string Name, string Value)[] environment)
    {
        using var started = StartShell(folder, line, environment);
        return started.Result();
    }

    /// <summary>Waits until the error output has some text.</summary>
    public void WaitForError(string text)
    {
        var clock = Stopwatch.StartNew();
        while (!Text(error).Contains(text, StringComparison.Ordinal))
        {
            if (process.HasExited || clock.Elapsed > Patience)
                throw new TimeoutException($"no '{text}' in: {Text(error)}{Text(output)}");
            Thread.Sleep(5);
        }
    }

    /// <summary>Sends a signal, such as INT.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end.</summary>
    public CommandResult Result()
    {
        if (!process.WaitForExit(Patience))
            throw new TimeoutException($"still runs: {Text(error)}{Text(output)}");

        // Without a limit this waits for the rest of the output too.
        process.WaitForExit();
        return new(process.ExitCode, Text(output), Text(error));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    static MakemoreProcess Start(string file, string folder, IEnumerable<string> arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(file, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MAKEMORE_CACHE"] = TrainedRun.Cache;
        start.Environment.Remove("MAKEMORE_DEBUG");
        start.Environment.Remove("NO_COLOR");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    static void Append(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (text)
            text.Append(line).Append('\n');
    }

    static string Text(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}

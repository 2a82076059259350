using System.Runtime.InteropServices;

namespace Makemore.Cli;

/// <summary>Ctrl+C, SIGTERM and a closed terminal: the first asks the work to end, the second ends the process at once.</summary>
sealed class Interruption : IDisposable
{
    const string ShowCursor = "\e[?25h";

    readonly CancellationTokenSource source = new();
    readonly PosixSignalRegistration[] registrations;
    readonly Terminal terminal;
    int exitCode;

    /// <summary>From now on signals are heard here.</summary>
    public Interruption(Terminal terminal)
    {
        this.terminal = terminal;
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Heard(context, Cli.ExitCode.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Heard(context, Cli.ExitCode.Terminated)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Heard(context, Cli.ExitCode.HungUp)),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>The exit code that tells of the first signal; 0 if there was none.</summary>
    public int ExitCode => exitCode;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
        source.Dispose();
    }

    void Heard(PosixSignalContext context, int code)
    {
        context.Cancel = true;
        if (Interlocked.CompareExchange(ref exitCode, code, 0) == 0)
        {
            try
            {
                source.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The work has just ended by itself.
            }

            return;
        }

        if (terminal.Interactive)
            terminal.Output.Write(ShowCursor);
        Environment.Exit(code);
    }
}

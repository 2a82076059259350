using System.CommandLine;
using Makemore.Cli.Commands;
using Makemore.Tensors.Backends;

namespace Makemore.Cli;

/// <summary>The command <c>makemore</c>: parses the command line, runs what it asks for, and turns every error into one line.</summary>
static class Application
{
    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The words after the command's name.</param>
    /// <param name="terminal">Where it writes.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> arguments, Terminal terminal)
    {
        try
        {
            terminal = terminal with { Debug = DebugLadder.OfProcess() };

            // A word that begins with @ is a word, not a file of more words.
            var parsed = RootCommand(terminal).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Errors.Count > 0)
                throw new MakemoreException(UsageError.Describe(parsed));
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = terminal.Output, Error = terminal.Error });
        }
        catch (MakemoreException exception)
        {
            return Failed(terminal, exception, exception.Message, ExitCode.BadInput);
        }
        catch (BackendUnavailableException exception)
        {
            return Failed(terminal, exception, exception.Message, ExitCode.BadInput);
        }
        catch (IOException exception) when (StandardOutput.IsBrokenPipe(exception))
        {
            // Who read has seen enough.
            return ExitCode.BrokenPipe;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Failed(terminal, exception, $"the output cannot be written: {exception.Message}", ExitCode.OutputFailed);
        }
#pragma warning disable CA1031 // The last resort: whatever happens, the user sees one line.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Failed(terminal, exception, $"internal error: {exception.Message} (MAKEMORE_DEBUG=1 shows where)", ExitCode.InternalError);
        }
    }

    static Command RootCommand(Terminal terminal)
    {
        var root = new Command("makemore", "Give it a list of things, one a line; it learns them and makes more like them, and it shows how.")
        {
            TrainCommand.Create(terminal),
            SampleCommand.Create(terminal),
            ScoreCommand.Create(terminal),
            InspectCommand.Create(terminal),
            ModelsCommand.Create(terminal),
            new VersionOption(),
        };
        var help = HelpText.Option(
            $"""
            Examples:
              makemore train                       learn the built-in names
              makemore train cities.txt            learn the lines of a file
              makemore sample runs/names-mlp -n 5  five new names
              makemore score runs/names-mlp emma   how likely a name is
              makemore inspect mlp --stage csharp  the code that trains
              makemore models                      what else there is to train

            {DebugLadder.Explained}

            {ExitCode.Explained}
            """);
        root.Options.Add(help);
        foreach (var command in root.Subcommands)
            UsageError.RefuseOptionsAsText(command);
        root.SetAction(parsed => ((System.CommandLine.Invocation.SynchronousCommandLineAction)help.Action!).Invoke(parsed));
        return root;
    }

    static int Failed(Terminal terminal, Exception exception, string message, int exitCode)
    {
        try
        {
            terminal.Complain(message);
            if (terminal.Debug > 0)
                terminal.Error.WriteLine(exception);
        }
        catch (Exception unheard) when (unheard is IOException or UnauthorizedAccessException)
        {
            // Nobody can be told; the exit code still says it.
        }

        return exitCode;
    }
}

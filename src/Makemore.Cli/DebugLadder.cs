using Makemore.Tensors.Backends;

namespace Makemore.Cli;

/// <summary>The environment variable <c>MAKEMORE_DEBUG</c>: what the compiler does, told on the error output, each level with those below it.</summary>
static class DebugLadder
{
    /// <summary>The levels, for help texts.</summary>
    public const string Explained =
        """
        Environment:
          MAKEMORE_DEBUG=1  tells of every compiled program: lines, steps, memory, from where, how long; and the whole of internal errors
          MAKEMORE_DEBUG=2  and shows the program as mathematics
          MAKEMORE_DEBUG=3  and as loops
          MAKEMORE_DEBUG=4  and as the source that runs
          MAKEMORE_CACHE    the folder that keeps compiled programs
        """;

    const string Variable = "MAKEMORE_DEBUG";
    const int Most = 4;

    /// <summary>The level that this process was given; 0 for none.</summary>
    /// <exception cref="MakemoreException">It is no level.</exception>
    public static int OfProcess() => Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" => 0,
        [var digit] when digit - '0' is >= 0 and <= Most => digit - '0',
        var other => throw new MakemoreException($"{Variable} is '{other}'; set it to a level from 0 to {Most}, or not at all"),
    };

    /// <summary>What backends are to tell of the programs they compile; null where nobody asked.</summary>
    public static Action<Compilation>? Observer(Terminal terminal) =>
        terminal.Debug < 1 ? null : compilation => terminal.Error.Write(Text(compilation, terminal.Debug));

    // In one piece: programs are compiled on several threads.
    static string Text(Compilation compilation, int level)
    {
        string[] parts = [$"{compilation}\n", $"{compilation.Program}\n", $"{compilation.Loops}\n", compilation.Source];
        return string.Concat(parts[..level]);
    }
}

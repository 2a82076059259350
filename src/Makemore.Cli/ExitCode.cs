namespace Makemore.Cli;

/// <summary>What the command tells whoever called it. The numbers are those of Unix: <c>sysexits.h</c>, and 128 plus the signal.</summary>
static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int BadInput = 2;
    public const int InternalError = 70;
    public const int OutputFailed = 74;
    public const int HungUp = 129;
    public const int Interrupted = 130;
    public const int BrokenPipe = 141;
    public const int Terminated = 143;

    /// <summary>The numbers, for help texts.</summary>
    public const string Explained =
        """
        Exit codes:
          0    done
          1    the training diverged (its last good state was saved), or ended worse than guessing
          2    bad input, told in one line; nothing was written
          70   an internal error; set MAKEMORE_DEBUG=1 to see the whole of it
          74   the output cannot be written
          130  interrupted (Ctrl+C), 143 terminated, 129 its terminal was closed; a training saves what it learned first
        """;
}

namespace Makemore.Cli.Display;

/// <summary>
/// How far something has come that takes a while and shows nothing else meanwhile, on the error output: a line that changes and goes where a
/// person watches, otherwise one at times.
/// </summary>
/// <param name="doing">What is done, up to the number: <c>computing line</c>.</param>
/// <param name="terminal">Where to tell.</param>
/// <param name="time">The clock.</param>
sealed class SignOfLife(string doing, Terminal terminal, TimeProvider time) : IDisposable
{
    const string EraseLine = "\r\e[K";
    static readonly TimeSpan BeforeFirst = TimeSpan.FromSeconds(1);
    static readonly TimeSpan BetweenFrames = TimeSpan.FromMilliseconds(100);

    readonly long start = time.GetTimestamp();
    TimeSpan next = terminal.IsWatched ? BeforeFirst : PlainDisplay.BetweenSigns;
    bool isShown;

    /// <summary>Tells, unless it was told just now.</summary>
    /// <param name="number">What it has come to, from 1.</param>
    /// <param name="all">How many there are.</param>
    public void Report(int number, int all)
    {
        if (time.GetElapsedTime(start) is var elapsed && elapsed < next)
            return;
        next = elapsed + (terminal.IsWatched ? BetweenFrames : PlainDisplay.BetweenSigns);
        var text = $"{doing} {number:N0} of {all:N0}";
        if (terminal.IsWatched)
            terminal.Error.Write($"{EraseLine}{text}");
        else
            terminal.Error.WriteLine(text);
        isShown = terminal.IsWatched;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isShown)
            terminal.Error.Write(EraseLine);
    }
}

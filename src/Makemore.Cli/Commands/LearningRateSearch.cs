using System.Globalization;
using Makemore.Cli.Display;
using Makemore.Models;
using Makemore.Tensors.Backends;
using Makemore.Training;

namespace Makemore.Cli.Commands;

/// <summary><c>makemore train --find-lr</c>: the loss at learning rates from tiny to huge, as a small plot, and a rate to begin with.</summary>
static class LearningRateSearch
{
    const int Lines = 24;
    const int WidestBar = 40;

    /// <summary>Tries and tells; saves nothing.</summary>
    /// <param name="request">What to learn.</param>
    /// <param name="options">How.</param>
    /// <param name="backend">What runs the model's programs.</param>
    /// <param name="threads">How many threads share a step; null for as many as pay.</param>
    /// <param name="terminal">Where to tell.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    /// <exception cref="MakemoreException">The file or an option makes no sense.</exception>
    public static int Run(LearningRequest request, TrainingOptions options, IBackend backend, int? threads, Terminal terminal)
    {
        using var interruption = new Interruption(terminal);
        var run = new LearningRun(request, terminal);
        using var trainer = new Trainer(ModelCatalog.Create(run.Settings, run.Data.Vocabulary.Count), run.Data, options, backend, threads: threads);
        var tried = Tried(trainer, terminal, interruption.Token);
        if (interruption.ExitCode != 0)
        {
            terminal.Complain("interrupted; nothing was found");
            return interruption.ExitCode;
        }

        if (tried.Count < 2)
            throw new MakemoreException("the loss blew up at the least learning rate that was tried; choose a smaller model or another optimizer");
        terminal.Output.WriteLine($"{"lr",-9}  {"loss",-7}");
        var (lowest, highest) = (tried.Min(point => point.Loss), tried.Max(point => point.Loss));
        for (var line = 0; line < Lines; line++)
        {
            var (rate, loss) = tried[line * (tried.Count - 1) / (Lines - 1)];
            var bar = (int)Math.Round((loss - lowest) / (highest - lowest) * WidestBar);
            terminal.Output.WriteLine($"{Number(rate),-9}  {loss,-7:F4}  {new string('━', bar)}".TrimEnd());
        }

        terminal.Output.WriteLine();
        terminal.Output.WriteLine($"begin with --lr {Number(LearningRateFinder.Suggest(tried))}: there the loss was lowest");
        return ExitCode.Done;
    }

    static IReadOnlyList<(double Rate, double Loss)> Tried(Trainer trainer, Terminal terminal, CancellationToken cancellation)
    {
        using var sign = new SignOfLife("trying rate", terminal, TimeProvider.System);
        return LearningRateFinder.Sweep(trainer, step => sign.Report(step, LearningRateFinder.Steps), cancellation);
    }

    static string Number(double rate) => rate.ToString("G2", CultureInfo.InvariantCulture);
}

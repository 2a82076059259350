using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Makemore.Files;
using Makemore.Sampling;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Running;
using Makemore.Text;

namespace Makemore.Cli.Commands;

/// <summary><c>makemore score</c>: how likely a saved run finds given lines.</summary>
static class ScoreCommand
{
    const int ContextsAtOnce = 512;
    const double NatsOfBarCell = 0.2;
    const int WidestBar = 60;

    const string Ending =
        """
        Surprise and log-probability are in nats: −ln of the probability of a character after those before it, and their sum with
        the other sign. What is less likely: the share of the lines learned from that have a lower log-probability.
        With --file each line of output is: log-probability, perplexity, percentage less likely, and the line, with tabs between.

        Examples:
          makemore score runs/names-mlp emma zzyzx
          makemore score runs/names-mlp --file babies.txt | sort -rn | head
        """;

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var run = new Argument<string>("RUN") { Description = "The folder of a run, as 'makemore train' saved it." };
        run.Validators.Add(UsageError.RefuseOption);
        var lines = new Argument<string[]>("STRINGS") { Description = "What to score, each shown a character at a time.", Arity = ArgumentArity.ZeroOrMore };
        var file = new Option<string?>("--file") { Description = "A UTF-8 text file to score, one thing a line.", HelpName = "file" };
        var backend = BackendOption.Create();
        var command = new Command("score", "Tells how likely a model finds what you give it, and at which character it is surprised.") { run, lines, file, backend, HelpText.Option(Ending) };
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetValue(lines) ?? [];
            if (wanted.FirstOrDefault(line => line.StartsWith("--", StringComparison.Ordinal)) is { } option && parsed.Tokens.All(token => token.Type != TokenType.DoubleDash))
                throw new MakemoreException($"unknown option '{option}'; to score it as it is, write -- before it");
            return Run(parsed.GetValue(run)!, wanted, parsed.GetValue(file), BackendOption.Read(parsed.GetValue(backend)!, terminal), terminal);
        });
        return command;
    }

    static int Run(string run, IReadOnlyList<string> lines, string? file, IBackend backend, Terminal terminal)
    {
        if (lines.Count > 0 == file is not null)
            throw new MakemoreException("give either strings to score, or --file with a file of them; see 'makemore score --help'");
        var folder = RunFolder.Open(run);
        var wanted = file is null ? lines : Corpus.Load(file, allowSingle: true).Lines;
        using var storage = new Storage();
        using var model = folder.Load(storage, backend, ContextsAtOnce);
        var scorer = new Scorer(model, folder.Config.Vocabulary);
        List<ScoredLine> scored = [.. scorer.Score(wanted)];
        var corpus = Known(folder.Config, scorer, terminal);
        using var output = StandardOutput.Open(terminal.Interactive);
        foreach (var line in scored)
        {
            double? less = corpus is null ? null : 100.0 * Below(corpus, line.LogProbability) / corpus.Length;
            if (file is null)
                Show(output, line, less, folder.Config.Data);
            else
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line.LogProbability:F4}\t{line.Perplexity:F2}\t{less:F1}\t{line.Text}"));
        }

        return ExitCode.Done;
    }

    // The log-probabilities of all that the model was made from, in order; null where that is not to be had any more.
    static double[]? Known(RunConfig config, Scorer scorer, Terminal terminal)
    {
        try
        {
            return [.. scorer.Score(config.LoadCorpus().Lines).Select(line => line.LogProbability).Order()];
        }
        catch (MakemoreException exception)
        {
            terminal.Complain($"what is less likely is left out: {exception.Message}");
            return null;
        }
    }

    static int Below(double[] sorted, double value)
    {
        var (from, to) = (0, sorted.Length);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = sorted[middle] < value ? (middle + 1, to) : (from, middle);
        }

        return from;
    }

    static void Show(TextWriter output, ScoredLine line, double? less, string data)
    {
        var rank = less is null ? "" : string.Create(CultureInfo.InvariantCulture, $"; {less:F1} % of {Path.GetFileNameWithoutExtension(data)} are less likely");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line.Text}: log-probability {line.LogProbability:F4} nats, perplexity {line.Perplexity:F2}{rank}"));
        foreach (var (symbol, surprise) in line.Characters)
        {
            var bar = new string('━', (int)Math.Clamp(Math.Round(surprise / NatsOfBarCell), 0, WidestBar));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {symbol}  {surprise,7:F4}  {bar}").TrimEnd());
        }
    }
}

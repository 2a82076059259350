using System.CommandLine;
using Makemore.Files;
using Makemore.Sampling;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Running;

namespace Makemore.Cli.Commands;

/// <summary><c>makemore sample</c>: new lines from a saved run, plain, so that they can be piped.</summary>
static class SampleCommand
{
    const int Most = 1_000_000_000;

    const string Ending =
        """
        Examples:
          makemore sample runs/names-mlp
          makemore sample runs/names-mlp -n 1000 --temperature 0.7 | sort | uniq -c | sort -rn | head
          makemore sample runs/names-mlp --seed $RANDOM      others each time
          makemore sample runs/names-mlp --prefix ka --max-length 6 --new --unique
          makemore sample runs/names-mlp --lecture           those that the training showed

        A line depends on the seed and its number alone: the seventh is the same whether ten are asked for or a million, at once or
        not. With --lecture all lines draw from one generator, one after the other: slower, and the lectures' names to the letter.

        Constraints are met as each line is made: characters that would break them are never drawn. If no line meets them, or
        no other one, that is told and the exit code is 2.
        """;

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var run = new Argument<string>("RUN") { Description = "The folder of a run, as 'makemore train' saved it." };
        run.Validators.Add(UsageError.RefuseOption);
        var count = NumberOption.Whole("-n", "How many lines.", 20, "--count");
        var switches = new SamplingSwitches();
        var seed = NumberOption.Seed("The seed. The same seed gives the same lines.", Sampler.LectureSeed);
        var lecture = new Option<bool>("--lecture") { Description = "Draw as the lectures do, one line after the other." };
        var backend = BackendOption.Create();
        var command = new Command("sample", "Makes new lines with what was learned, and prints nothing else.") { run, count, seed, lecture, backend };
        switches.AddTo(command);
        command.Options.Add(HelpText.Option(Ending));
        command.SetAction(parsed => Run(parsed.GetValue(run)!, parsed.GetValue(count), switches.Read(parsed), switches.IsNew(parsed), parsed.GetValue(seed), parsed.GetValue(lecture), BackendOption.Read(parsed.GetValue(backend)!, terminal), terminal));
        return command;
    }

    static int Run(string run, int count, SamplingOptions options, bool isNew, long seed, bool lecture, IBackend backend, Terminal terminal)
    {
        if (count is < 1 or > Most)
            throw new MakemoreException($"-n is {count}; it must lie between 1 and {Most:N0}");
        options.Validate();
        var folder = RunFolder.Open(run);
        if (isNew)
            options = options with { Except = folder.Config.LoadCorpus().Lines };
        using var storage = new Storage();
        using var model = folder.Load(storage, backend);
        var sampler = new Sampler(model, folder.Config.Vocabulary);
        using var output = StandardOutput.Open(terminal.Interactive);
        var lines = lecture ? sampler.Sample(new TorchRandom(seed), options) : sampler.Sample(seed, options);
        foreach (var line in lines.Take(count))
            output.WriteLine(line);
        return ExitCode.Done;
    }
}

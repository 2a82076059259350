using System.CommandLine;
using Makemore.Files;
using Makemore.Sampling;
using Makemore.Tensors.Roslyn;
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
        """;

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var run = new Argument<string>("RUN") { Description = "The folder of a run, as 'makemore train' saved it." };
        run.Validators.Add(UsageError.RefuseOption);
        var count = NumberOption.Whole("-n", "How many lines.", 20, "--count");
        var temperature = NumberOption.Real("--temperature", "Below 1 safer, above 1 bolder; between 0.01 and 100.", 1);
        var seed = NumberOption.Seed("The seed. The same seed gives the same lines.", Sampler.LectureSeed);
        var command = new Command("sample", "Makes new lines with what was learned, and prints nothing else.") { run, count, temperature, seed, HelpText.Option(Ending) };
        command.SetAction(parsed => Run(parsed.GetValue(run)!, parsed.GetValue(count), parsed.GetValue(temperature), parsed.GetValue(seed), terminal));
        return command;
    }

    static int Run(string run, int count, double temperature, long seed, Terminal terminal)
    {
        if (count is < 1 or > Most)
            throw new MakemoreException($"-n is {count}; it must lie between 1 and {Most:N0}");
        Sampler.CheckTemperature(temperature);
        var folder = RunFolder.Open(run);
        using var storage = new Storage();
        using var model = folder.Load(storage, RoslynCompiler.Backend);
        var sampler = new Sampler(model, folder.Config.Vocabulary);
        using var output = StandardOutput.Open(terminal.Interactive);
        foreach (var line in sampler.Sample(new TorchRandom(seed), temperature).Take(count))
            output.WriteLine(line);
        return ExitCode.Done;
    }
}

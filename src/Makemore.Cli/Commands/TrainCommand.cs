using System.CommandLine;
using Makemore.Models;
using Makemore.Tensors.Backends.CSharp;
using Makemore.Text;

namespace Makemore.Cli.Commands;

/// <summary><c>makemore train</c>: what may be asked of it.</summary>
static class TrainCommand
{
    const string Ending =
        """
        Examples:
          makemore train                                      the lectures' MLP on the built-in names
          makemore train cities.txt --out runs/cities         your own list
          makemore train --steps 400000 --lr 0.1,0.03,0.01    three learning rates, each for a third
          makemore train --optimizer adamw --schedule cosine --warmup 500
          makemore train --find-lr                            which learning rate to begin with
          makemore train --model ngram --order 5              counts instead of gradients, in a moment
          makemore train --model wavenet                      the hierarchy of lecture part 5
          makemore train --model mlp-bn --calibrate
          makemore train --model mlp-deep --norm none --gain 1
          makemore train --hidden 64 --seed 7 > log.txt       no live display where the output is no terminal
          makemore train --steps 1000 --check                 every number of every step is looked at

        The defaults of sizes and training are those of mlp; every other model has its own, which 'makemore models' lists.

        Ctrl+C (or SIGTERM) ends a training after the current step; what was learned is evaluated and saved, and the
        exit code is 130 (143). A second Ctrl+C exits at once. A training that diverges saves its last good state
        and exits with 1, as does one that ends worse than guessing; bad input writes nothing and exits with 2. Where a
        training diverged, the line that computed the first number that is not finite is shown with what it read.
        """;

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "A UTF-8 text file, one thing a line; without it, the built-in names.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        file.Validators.Add(UsageError.RefuseOption);
        var model = new Option<string>("--model")
        {
            Description = $"The model: {ModelOptions.Known}.",
            HelpName = "name",
            DefaultValueFactory = _ => new ModelSettings().Model,
        };
        var sizes = new ModelOptions();
        var split = NameOption.Of(
            "--split",
            "lecture: 80, 10 and 10 % of the shuffled lines; makemore: the last 1,000 of a permutation, at most a tenth, are dev, as in makemore.py; unique: as lecture, repeated lines removed first.",
            SplitKind.Lecture);
        var training = new TrainingSwitches();
        var findRate = new Option<bool>("--find-lr") { Description = "Tries learning rates from tiny to huge instead, shows the loss at each, suggests one, and saves nothing." };
        var output = new Option<string?>("--out")
        {
            Description = "The folder to save to; it must not exist, or be empty. [default: runs/FILE-MODEL, or the first free of …-2, …-3]",
            HelpName = "folder",
        };
        var backend = BackendOption.Create();
        var check = new Option<bool>("--check")
        {
            Description = "Look at every number of every step, and stop at the first that is NaN or infinite; some ten times slower.",
        };
        var threads = ThreadsOption.Create("Threads that share a step; the result is the same for any number. csharp only, and not with --check. [default: as many as pay on this machine]");
        var command = new Command("train", "Learns the lines of a file, and makes twenty more.") { file, model };
        sizes.AddTo(command);
        command.Options.Add(split);
        training.AddTo(command);
        command.Options.Add(findRate);
        command.Options.Add(output);
        command.Options.Add(backend);
        command.Options.Add(check);
        command.Options.Add(threads);
        command.Options.Add(HelpText.Option(Ending));
        command.SetAction(parsed =>
        {
            var settings = sizes.Read(parsed, parsed.GetValue(model)!);
            var request = new LearningRequest(parsed.GetValue(file), settings, NameOption.Read<SplitKind>(parsed, split), parsed.GetValue(output));
            if (ModelCatalog.IsCounted(settings.Model))
            {
                foreach (var option in training.All.Concat([findRate, backend, check, threads]))
                    UsageError.RefuseGiven(parsed, option, $"means nothing to the model '{settings.Model}', which is counted and not trained in steps");
                return CountingRun.Run(request, terminal);
            }

            var isSearch = parsed.GetValue(findRate);
            foreach (var option in isSearch ? training.NotOfRateSearch.Concat([output, check]) : [])
                UsageError.RefuseGiven(parsed, option, "means nothing to --find-lr, which goes through learning rates of its own and saves nothing");
            var options = training.Read(parsed, settings.Model);
            var compiler = BackendOption.Read(parsed.GetValue(backend)!, terminal);
            var count = ThreadsOption.Read(parsed, threads);
            if (count > 1 && (parsed.GetValue(check) || compiler is not CSharpBackend))
                throw new MakemoreException($"{(parsed.GetValue(check) ? "--check" : $"--backend {parsed.GetValue(backend)}")} runs on one thread; leave --threads out");
            return isSearch
                ? LearningRateSearch.Run(request, options, compiler, count, terminal)
                : TrainingRun.Run(request, options, compiler, parsed.GetValue(check), count, terminal);
        });
        return command;
    }
}

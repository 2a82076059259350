using System.CommandLine;
using Makemore.Models;
using Makemore.Training;

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
          makemore train --hidden 64 --seed 7 > log.txt       no live display where the output is no terminal
          makemore train --steps 1000 --check                 every number of every step is looked at

        Ctrl+C (or SIGTERM) ends a training after the current step; what was learned is evaluated and saved, and the
        exit code is 130 (143). A second Ctrl+C exits at once. A training that diverges saves its last good state
        and exits with 1, as does one that ends worse than guessing; bad input writes nothing and exits with 2. Where a
        training diverged, the line that computed the first number that is not finite is shown with what it read.
        """;

    static readonly TrainingOptions Initial = new();

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
            Description = $"The model. {ModelOptions.Known}.",
            HelpName = "name",
            DefaultValueFactory = _ => new ModelSettings().Model,
        };
        var steps = NumberOption.Whole("--steps", "Steps of gradient descent.", Initial.Steps);
        var batch = NumberOption.Whole("--batch", "Examples a step.", Initial.Batch);
        var rates = new Option<string>("--lr")
        {
            Description = "Learning rates with commas between, each for an equal share of the steps.",
            HelpName = "numbers",
            DefaultValueFactory = _ => string.Join(',', Initial.LearningRates),
        };
        var sizes = new ModelOptions();
        var seed = NumberOption.Seed("The seed of parameters and batches. The same seed gives the same result.", Initial.Seed);
        var output = new Option<string?>("--out")
        {
            Description = "The folder to save to; it must not exist, or be empty. [default: runs/FILE-MODEL, or the first free of …-2, …-3]",
            HelpName = "folder",
        };
        var check = new Option<bool>("--check")
        {
            Description = "Look at every number of every step, and stop at the first that is NaN or infinite; some ten times slower.",
        };
        var command = new Command("train", "Learns the lines of a file, and makes twenty more.") { file, model, steps, batch, rates };
        sizes.AddTo(command);
        var backend = BackendOption.Create();
        command.Options.Add(seed);
        command.Options.Add(output);
        command.Options.Add(backend);
        command.Options.Add(check);
        command.Options.Add(HelpText.Option(Ending));
        command.SetAction(parsed =>
        {
            var options = Initial with
            {
                Steps = parsed.GetValue(steps),
                Batch = parsed.GetValue(batch),
                LearningRates = NumberOption.List("--lr", parsed.GetValue(rates)!),
                Seed = parsed.GetValue(seed),
            };
            options.Validate();
            return TrainingRun.Run(parsed.GetValue(file), sizes.Read(parsed, parsed.GetValue(model)!), options, parsed.GetValue(output), BackendOption.Read(parsed.GetValue(backend)!, terminal), parsed.GetValue(check), terminal);
        });
        return command;
    }
}

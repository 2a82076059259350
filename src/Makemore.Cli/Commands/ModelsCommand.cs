using System.CommandLine;
using Makemore.Models;

namespace Makemore.Cli.Commands;

/// <summary><c>makemore models</c>: what there is to choose from, each with the options that it has unless told otherwise.</summary>
static class ModelsCommand
{
    const string Ending =
        """
        The second line of a model says what it is, the others are the options of 'makemore train' that it has unless told otherwise: its sizes, and
        the training that was found best for about half a minute; mlp trains as in the lecture. A model of whole lines has as many positions as the
        longest line needs.

        Examples:
          makemore models
          makemore train --model gru --hidden 256     another size, the rest as listed
        """;

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("models", "Lists the models, with the sizes and the training that each has unless told otherwise.") { HelpText.Option(Ending) };
        command.SetAction(_ => Run(terminal));
        return command;
    }

    static int Run(Terminal terminal)
    {
        using var output = StandardOutput.Open(terminal.Interactive);
        foreach (var (model, summary) in ModelCatalog.Available)
        {
            output.WriteLine(model);
            foreach (var line in (string[])[summary, ModelOptions.Usual(model), ModelCatalog.IsCounted(model) ? "" : TrainingSwitches.Usual(model)])
            {
                if (line.Length > 0)
                    output.WriteLine($"  {line}");
            }
        }

        return ExitCode.Done;
    }
}

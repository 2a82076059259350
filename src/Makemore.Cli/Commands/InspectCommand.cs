using System.CommandLine;
using Makemore.Models;
using Makemore.Tensors.Backends.C;
using Makemore.Tensors.Backends.CSharp;
using Makemore.Tensors.Loops;
using Makemore.Text;
using Makemore.Training;

namespace Makemore.Cli.Commands;

/// <summary><c>makemore inspect</c>: a training step as mathematics, as loops, or as the source that runs.</summary>
static class InspectCommand
{
    const string Ending =
        """
        Examples:
          makemore inspect mlp                     the step as mathematics: forward, backward, update
          makemore inspect mlp --stage loops       the same as loops
          makemore inspect mlp --stage csharp      the C# that this machine runs
          makemore inspect mlp --stage c           the C of 'makemore train --backend cc'
          makemore inspect mlp --hidden 64 --batch 16
        """;

    static readonly Dictionary<string, Func<Tensors.Programs.Program, string>> Stages = new(StringComparer.Ordinal)
    {
        ["program"] = program => program.ToString(),
        ["loops"] = program => LoopProgram.Of(program).ToString(),
        ["csharp"] = program => CSharpWriter.Write(LoopProgram.Of(program), Target.Host),
        ["c"] = program => CWriter.Write(LoopProgram.Of(program)),
    };

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = $"The model. {ModelOptions.Known}." };
        model.Validators.Add(UsageError.RefuseOption);
        var stage = new Option<string>("--stage")
        {
            Description = "program: mathematics, a line for each tensor; loops: what becomes of it; csharp: the source that runs; c: the source of --backend cc.",
            HelpName = string.Join('|', Stages.Keys),
            DefaultValueFactory = _ => Stages.Keys.First(),
        };
        var batch = NumberOption.Whole("--batch", "Examples a step.", new TrainingOptions().Batch);
        var sizes = new ModelOptions();
        var command = new Command("inspect", "Shows a model's training step on the built-in names, at one stage of the compiler.") { model, stage, batch };
        sizes.AddTo(command);
        command.Options.Add(HelpText.Option(Ending));
        command.SetAction(parsed => Run(sizes.Read(parsed, parsed.GetValue(model)!), parsed.GetValue(batch), parsed.GetValue(stage)!, terminal));
        return command;
    }

    static int Run(ModelSettings settings, int batch, string stage, Terminal terminal)
    {
        if (!Stages.TryGetValue(stage, out var print))
            throw new MakemoreException($"unknown stage '{stage}'; known are: {string.Join(", ", Stages.Keys)}");
        (new TrainingOptions { Batch = batch }).Validate();
        var data = new TrainingData(BuiltInDataset.Load(BuiltInDataset.Available[0]), settings.Block);
        var model = ModelCatalog.Create(settings, data.Vocabulary.Count);
        var (program, _) = new LanguageModelProgram(model, data.Examples.Count).Train(batch);
        using var output = StandardOutput.Open(terminal.Interactive);
        output.Write(print(program));
        return ExitCode.Done;
    }
}

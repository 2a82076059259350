using System.CommandLine;
using Makemore.Cli.Display;
using Makemore.Models;
using Makemore.Tensors.Backends.C;
using Makemore.Tensors.Backends.CSharp;
using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;
using Makemore.Training;
using StepProgram = Makemore.Tensors.Programs.Program;

namespace Makemore.Cli.Commands;

/// <summary><c>makemore inspect</c>: a training step as it was written, as mathematics, as loops, or as the source that runs.</summary>
static class InspectCommand
{
    const string Ending =
        """
        Examples:
          makemore inspect mlp                              the step as mathematics: forward, backward, update
          makemore inspect mlp --stage expressions          the tensors as they were written
          makemore inspect mlp --stage csharp --only update the C# of the update, as this machine runs it
          makemore inspect mlp --stage c                    the C of 'makemore train --backend cc'
          makemore inspect mlp --tensor h                   every line that writes or reads h
          makemore inspect mlp --values                     what the numbers of each line are like before training
          makemore inspect runs/names-mlp --values          and after it
          makemore inspect mlp --rewrites --batch 512       which lines are not computed as they are written
          makemore inspect mlp --dot | dot -Tsvg > mlp.svg  a drawing of the program
          makemore inspect mlp --hidden 64 --batch 16

        How to read the stages: docs/reading-generated-code.md.
        """;

    static readonly InspectStage[] Stages =
    [
        new("expressions", (program, selection, _) => program.Expressions.Print(selection), program => program.Expressions.Items.Select(item => item.Name)),
        new("program", (program, selection, _) => selection == Selection.Everything ? program.ToString() : program.Print(selection), Names),
        new("loops", (program, selection, phased) => LoopProgram.Of(program, phased) is var loops && selection == Selection.Everything ? loops.ToString() : loops.Print(selection), LoopNames),
        new("csharp", (program, selection, phased) => CSharpWriter.Write(LoopProgram.Of(program, phased), Target.Host, selection), LoopNames),
        new("c", (program, selection, _) => CWriter.Write(LoopProgram.Of(program), selection), LoopNames),
    ];

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = $"The model, or the folder of a run as 'makemore train' saved it. Models are {ModelOptions.KnownInSteps}." };
        model.Validators.Add(UsageError.RefuseOption);
        var stage = new Option<string>("--stage")
        {
            Description = "expressions: the tensors as they were written; program: mathematics, a line for each tensor; loops: what becomes of it; csharp: the source that runs; c: the source of --backend cc.",
            HelpName = string.Join('|', Stages.Select(stage => stage.Name)),
            DefaultValueFactory = _ => "program",
        };
        var only = new Option<string?>("--only") { Description = "One section of the step.", HelpName = string.Join('|', Sections) };
        var tensor = new Option<string?>("--tensor") { Description = "Only what writes or reads the tensor of that name.", HelpName = "name" };
        var values = new Option<bool>("--values")
        {
            Description = "Run the first step line by line, on parameters as the seed or the run has them, and show what the numbers of each line are like.",
        };
        var dot = new Option<bool>("--dot") { Description = "The graph of the program, or of the expressions, in the language of Graphviz." };
        var rewrites = new Option<bool>("--rewrites") { Description = "What is computed in another way than it is written, what could be and is not, and the operations of both." };
        var batch = NumberOption.Whole("--batch", "Examples a step; by default a run, and each model, has its own.", new TrainingOptions().Batch);
        var threads = ThreadsOption.Create("For how many threads loops and csharp are shown: one, or any number, which is in phases. [default: 1]");
        var sizes = new ModelOptions(counted: false);
        var command = new Command("inspect", "Shows a model's training step, on the built-in names or on a run's data, at one stage of the compiler.") { model, stage, only, tensor, values, dot, rewrites, batch, threads };
        sizes.AddTo(command);
        command.Options.Add(HelpText.Option(Ending));
        command.SetAction(parsed =>
        {
            var selection = new Selection(Section(parsed.GetValue(only)), parsed.GetValue(tensor));
            var shown = Stage(parsed.GetValue(stage)!);
            CheckTogether(shown, parsed.GetValue(values), parsed.GetValue(dot));
            if (parsed.GetValue(rewrites) && (parsed.GetValue(values) || parsed.GetValue(dot) || selection != Selection.Everything || parsed.GetResult(stage) is { Implicit: false }))
                throw new MakemoreException("--rewrites tells of the whole program; leave out --stage, --only, --tensor, --values and --dot");
            var phased = ThreadsOption.Read(parsed, threads) > 1;
            if (phased && shown.Name is not ("loops" or "csharp"))
                throw new MakemoreException($"--threads changes the stages loops and csharp; --stage {shown.Name} is the same for any number");
            using var inspected = Inspected(parsed, parsed.GetValue(model)!, sizes, batch);
            var text = parsed.GetValue(rewrites) ? Rewrites(inspected.Program) : parsed.GetValue(values) ? Values(inspected, selection, terminal) : Text(shown, inspected.Program, selection, parsed.GetValue(dot), phased);
            using var output = StandardOutput.Open(terminal.Interactive);
            output.Write(text);
            return ExitCode.Done;
        });
        return command;
    }

    static IEnumerable<string> Sections => Enum.GetNames<Section>().Select(name => name.ToLowerInvariant());

    static InspectedModel Inspected(ParseResult parsed, string name, ModelOptions sizes, Option<int> batch)
    {
        if (ModelCatalog.Available.ContainsKey(name))
        {
            var (settings, usual) = (sizes.Read(parsed, name), DefaultTraining.Of(name));
            return InspectedModel.Of(settings, usual with { Batch = Given.Or(parsed, batch, usual.Batch) });
        }

        if (!Directory.Exists(name))
            throw new MakemoreException($"'{name}' is neither a model nor the folder of a run; models are: {string.Join(", ", ModelOptions.InSteps)}");
        sizes.RefuseFor(name, parsed);
        return InspectedModel.OfRun(name, Given.Is(parsed, batch) ? parsed.GetValue(batch) : null);
    }

    static InspectStage Stage(string name) =>
        Array.Find(Stages, stage => stage.Name == name) ?? throw new MakemoreException($"unknown stage '{name}'; known are: {string.Join(", ", Stages.Select(stage => stage.Name))}");

    static Section? Section(string? name) => name is null ? null
        : Sections.Contains(name) ? Enum.Parse<Section>(name, ignoreCase: true)
        : throw new MakemoreException($"unknown section '{name}'; known are: {string.Join(", ", Sections)}");

    static void CheckTogether(InspectStage stage, bool values, bool dot)
    {
        if (values && dot)
            throw new MakemoreException("--values and --dot do not go together: a drawing has no numbers");
        if (values && stage.Name != "program")
            throw new MakemoreException($"--values shows the lines of the program; leave out --stage {stage.Name}");
        if (dot && stage.Name is not ("program" or "expressions"))
            throw new MakemoreException($"--dot draws the program or the expressions; --stage {stage.Name} has no graph");
    }

    static string Text(InspectStage stage, StepProgram program, Selection selection, bool dot, bool phased)
    {
        Check(program, selection, stage.Names, (lines, some) => stage.Print(lines, some, phased));
        return !dot ? stage.Print(program, selection, phased) : stage.Name == "program" ? program.ToDot(selection) : program.Expressions.ToDot(selection);
    }

    static string Rewrites(StepProgram program) => program.Rewrites.Count == 0
        ? "nothing in this program could be computed in another way\n"
        : string.Concat(program.Rewrites.Select(note => $"{note}\n"));

    static string Values(InspectedModel inspected, Selection selection, Terminal terminal)
    {
        var program = inspected.Program;
        Check(program, selection, Names, (lines, some) => lines.Print(some));
        using var sign = new SignOfLife("computing line", terminal, TimeProvider.System);
        var lines = StepTrace.Of(inspected.Model, inspected.Data, inspected.Options, inspected.Trained, sign.Report);
        return ValueTable.Of(inspected.Heading, inspected.Options.Batch, lines.Where(line => selection.Includes(line.Assignment)));
    }

    static void Check(StepProgram program, Selection selection, Func<StepProgram, IEnumerable<string>> namesOf, Func<StepProgram, Selection, string> print)
    {
        if (selection.Tensor is not { } tensor)
            return;
        List<string> names = [.. namesOf(program)];
        if (!names.Contains(tensor))
            throw new MakemoreException($"there is no tensor '{tensor}' at this stage; near are: {string.Join(", ", NearNames.Of(tensor, names))}");
        if (selection.Section is { } section && print(program, selection).Length == 0)
            throw new MakemoreException($"no line of the {section.ToString().ToLowerInvariant()} section reads or writes '{tensor}'");
    }

    static IEnumerable<string> Names(StepProgram program) => program.Leaves.Concat(program.Assignments.Select(assignment => assignment.Target)).Select(value => value.Name).Distinct();

    static IEnumerable<string> LoopNames(StepProgram program) => Names(program).Union(LoopProgram.Of(program).Steps.SelectMany(step => step.Values).Select(value => value.Name));

    // How a stage is shown, for one thread or for several, and the tensors that it has.
    sealed record InspectStage(string Name, Func<StepProgram, Selection, bool, string> Print, Func<StepProgram, IEnumerable<string>> Names);
}

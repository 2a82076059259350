using System.Text;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>A program as loops with every value's place in memory: what backends write out.</summary>
public sealed class LoopProgram
{
    LoopProgram(Program program, Layouts layouts, IReadOnlyList<Step> steps, IReadOnlyList<Phase>? phases)
    {
        IsPhased = phases is not null;
        phases ??= [];
        Program = program;
        Steps = steps;
        Phases = phases;
        Memory = new MemoryPlan(steps, layouts, IsTemporary(program), phases);
    }

    /// <summary>The program that the loops carry out.</summary>
    public Program Program { get; }

    /// <summary>The pieces, in order.</summary>
    public IReadOnlyList<Step> Steps { get; }

    /// <summary>Whether several threads share the steps.</summary>
    public bool IsPhased { get; }

    /// <summary>The steps as several threads go through them, all waiting for each other between phases; none where the program is for one thread.</summary>
    public IReadOnlyList<Phase> Phases { get; }

    /// <summary>Where values lie.</summary>
    public MemoryPlan Memory { get; }

    /// <summary>Lowers a program: products to the kernel, row-wise lines into shared loops, neighbouring variables into one.</summary>
    /// <param name="program">What to lower.</param>
    /// <param name="phased">Whether several threads are to share it: then the steps are divided, and in the order of their phases.</param>
    public static LoopProgram Of(Program program, bool phased = false)
    {
        var layouts = new Layouts(program);
        var lowering = new AssignmentLowering(layouts, program);
        var steps = EarlyFills.Arrange([.. program.Assignments.SelectMany(lowering.Lower)]);
        steps = new EpilogueFusion(layouts).Fuse(steps, IsTemporary(program));
        steps = ResultPlacement.Place(steps, IsTemporary(program));
        steps = new RowFusion(layouts).Fuse(steps);
        if (!phased)
            steps = RowStatistics.MakeFirst(ColumnSums.Join(steps), IsTemporary(program));
        steps = RowRegisters.Keep(steps, IsTemporary(program));
        var merging = new LoopMerging(layouts);
        steps = [.. steps.Select(step => step is NestStep nest ? nest with { Statements = merging.Merge(nest.Statements) } : step)];
        if (!phased)
            steps = TurnPlaces.Reuse(steps, IsTemporary(program));
        steps = StepOrder.Early(new LookAhead(layouts).Arrange(steps));
        if (!phased)
            return new LoopProgram(program, layouts, steps, null);
        var phases = new PhasePlanner(layouts).Plan(steps);
        return new LoopProgram(program, layouts, [.. phases.SelectMany(phase => phase.Steps).Select(step => step.Step)], phases);
    }

    static Func<Value, bool> IsTemporary(Program program) => value => value.Leaf is null && !program.Outputs.Contains(value);

    /// <summary>The program as loops, each step under the lines that it carries out.</summary>
    public override string ToString() =>
        $"loops       {Program.Name}: {Steps.Count} steps{(Phases.Count > 0 ? $" in {Phases.Count} phases" : "")}, {Memory.ScratchBytes:N0} bytes of scratch memory{Environment.NewLine}{Environment.NewLine}{Print(Selection.Everything)}";

    /// <summary>Some steps as loops, each under the lines that it carries out.</summary>
    public string Print(Selection selection)
    {
        var text = new StringBuilder();
        foreach (var step in Steps.Where(step => Phases.Count == 0 && step.IsIn(selection)))
            Print(text, step, null);
        foreach (var (number, phase) in Phases.Index())
        {
            var steps = phase.Steps.Where(step => step.Step.IsIn(selection)).ToList();
            if (steps.Count > 0)
                text.AppendLine($"{(text.Length > 0 ? Environment.NewLine : "")}phase {number + 1}: {phase}");
            foreach (var step in steps)
                Print(text, step.Step, step.Division);
        }

        return text.ToString();
    }

    static void Print(StringBuilder text, Step step, Division? division)
    {
        if (text.Length > 0)
            text.AppendLine();
        foreach (var assignment in step.Assignments)
            text.AppendLine($"// {assignment}");
        if (division is not null)
            text.AppendLine($"// {division}");
        text.Append(LoopPrinter.Print(step));
    }
}

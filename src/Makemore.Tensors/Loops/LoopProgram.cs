using System.Text;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>A program as loops with every value's place in memory: what backends write out.</summary>
public sealed class LoopProgram
{
    LoopProgram(Program program, Layouts layouts, IReadOnlyList<Step> steps)
    {
        Program = program;
        Steps = steps;
        Memory = new MemoryPlan(steps, layouts, IsTemporary(program));
    }

    /// <summary>The program that the loops carry out.</summary>
    public Program Program { get; }

    /// <summary>The pieces, in order.</summary>
    public IReadOnlyList<Step> Steps { get; }

    /// <summary>Where values lie.</summary>
    public MemoryPlan Memory { get; }

    /// <summary>Values with memory of their own, in the order in which a compiled program is given it: leaves, then outputs that are computed.</summary>
    public IReadOnlyList<Value> Bound => [.. Program.Leaves.Concat(Program.Outputs).Distinct()];

    /// <summary>Lowers a program: products to the kernel, row-wise lines into shared loops, neighbouring variables into one.</summary>
    public static LoopProgram Of(Program program)
    {
        var layouts = new Layouts(program);
        var lowering = new AssignmentLowering(layouts);
        IReadOnlyList<Step> steps = [.. program.Assignments.SelectMany(lowering.Lower)];
        steps = new EpilogueFusion(layouts).Fuse(steps, IsTemporary(program));
        steps = new RowFusion(layouts).Fuse(steps);
        var merging = new LoopMerging(layouts);
        steps = [.. steps.Select(step => step is NestStep nest ? nest with { Statements = merging.Merge(nest.Statements) } : step)];
        return new LoopProgram(program, layouts, new LookAhead(layouts).Arrange(steps));
    }

    static Func<Value, bool> IsTemporary(Program program) => value => value.Leaf is null && !program.Outputs.Contains(value);

    /// <summary>The program as loops, each step under the lines that it carries out.</summary>
    public override string ToString() =>
        $"loops       {Program.Name}: {Steps.Count} steps, {Memory.ScratchBytes:N0} bytes of scratch memory{Environment.NewLine}{Environment.NewLine}{Print(Selection.Everything)}";

    /// <summary>Some steps as loops, each under the lines that it carries out.</summary>
    public string Print(Selection selection)
    {
        var text = new StringBuilder();
        foreach (var step in Steps.Where(step => step.IsIn(selection)))
        {
            if (text.Length > 0)
                text.AppendLine();
            foreach (var assignment in step.Assignments)
                text.AppendLine($"// {assignment}");
            text.Append(LoopPrinter.Print(step));
        }

        return text.ToString();
    }
}

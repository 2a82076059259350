using Makemore.Tensors.Formulas;
using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Backends.CSharp;

/// <summary>
/// Writes a loop program as one C# class: a method for each nest of loops that differs from others in more than its values, and <c>Run</c>,
/// which calls them in order; for several threads <c>RunPhase</c>, which calls those of one phase with one thread's part of each.
/// </summary>
public sealed partial class CSharpWriter
{
    readonly LoopProgram loops;
    readonly Target target;
    readonly Selection selection;
    readonly Names names;
    readonly SourceText text = new(indent: 1);
    readonly SharedCode shared = new();
    readonly List<Action> methods = [];

    CSharpWriter(LoopProgram loops, Target target, Selection selection)
    {
        (this.loops, this.target, this.selection) = (loops, target, selection);
        names = new Names(loops, ReservedWords.All);
    }

    /// <summary>The namespace and class that hold the method <c>Run</c>.</summary>
    public static string ClassName(Program program) => $"Makemore.Generated.{Class(program)}";

    /// <summary>
    /// The source. Its method <c>public static unsafe void Run(byte** memory)</c> takes what <see cref="IExecutable.Run"/> takes; where the
    /// program has phases, <c>RunPhase(int phase, byte** memory, int part, int parts)</c> what <see cref="IPhasedExecutable.RunPhase"/> takes.
    /// </summary>
    /// <param name="loops">What to write.</param>
    /// <param name="target">The vectors to write it for.</param>
    /// <param name="selection">Which steps; every one if null, else what is written is to be read and does not make a whole program.</param>
    public static string Write(LoopProgram loops, Target target, Selection? selection = null) => new CSharpWriter(loops, target, selection ?? Selection.Everything).Write();

    string Write()
    {
        if (loops.IsPhased)
            WriteRunPhase();
        else
            WriteRun();
        foreach (var method in methods)
        {
            text.Line();
            method();
        }

        var file = new SourceText();
        file.Line($"// Program '{loops.Program.Name}', written by Makemore for {target.Vector}.");
        file.Line("#nullable enable");
        file.Line();
        file.Line("using System;");
        file.Line("using System.Runtime.CompilerServices;");
        file.Line("using System.Runtime.Intrinsics;");
        file.Line("using Makemore.Tensors.Kernels;");
        file.Line();
        file.Line("namespace Makemore.Generated;");
        file.Line();
        file.Line($"/// <summary>The program '{loops.Program.Name}'.</summary>");
        using (file.Block($"public static unsafe class {Class(loops.Program)}"))
        {
            WriteStrides(file);
            file.Append(text);
        }

        return file.ToString();
    }

    void WriteStrides(SourceText file)
    {
        if (!names.Strides.Any())
            return;
        file.Line("// How far apart neighbours along an axis lie in a tensor, and the rows that indices choose. Rows may have padding.");
        foreach (var (name, stride) in names.Strides)
            file.Line($"const int {name} = {stride};");
        file.Line();
    }

    void WriteRun()
    {
        var steps = loops.Steps.Select((step, i) => (Step: step, Number: i + 1)).Where(step => step.Step.IsIn(selection)).ToList();
        text.Line("/// <summary>Runs the program once.</summary>");
        text.Line("/// <param name=\"memory\">The addresses of the scratch memory, of the leaves and of the outputs.</param>");
        text.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (text.Block("public static void Run(byte** memory)"))
        {
            WriteAddresses(steps.Select(step => step.Step));
            foreach (var (step, number) in steps)
            {
                text.Line();
                WriteStep(step, number, Part.All);
            }
        }
    }

    void WriteAddresses(IEnumerable<Step> steps)
    {
        var values = steps.SelectMany(step => step.Values).Distinct().ToList();
        for (var i = 0; i < loops.Program.Bound.Count; i++)
        {
            if (values.Contains(loops.Program.Bound[i]))
                text.Line($"var {names[loops.Program.Bound[i]]} = ({Type(loops.Program.Bound[i])}*)memory[{i + 1}];");
        }

        var temporary = values.Except(loops.Program.Bound).ToList();
        if (temporary.Count > 0)
            text.Line("var scratch = memory[0];");
        foreach (var value in temporary)
            text.Line($"var {names[value]} = ({Type(value)}*){(loops.Memory.OffsetOf(value) is > 0 and var offset ? $"(scratch + {offset})" : "scratch")};");
        foreach (var axis in steps.SelectMany(step => step.BoundedAxes).Distinct())
            text.Line($"var {names[axis]} = ((int*)memory[{loops.Program.Bound.Count + 1}])[{loops.Program.BoundedAxes.ToList().IndexOf(axis)}];");
    }

    void WriteStep(Step step, int number, Part part)
    {
        foreach (var assignment in step.Assignments)
            text.Line($"// {assignment}");
        switch (step)
        {
            case PrefetchStep prefetch:
                WritePrefetch(prefetch, part);
                break;
            case ProductStep product:
                WriteProduct(product, number, part);
                break;
            case TransposeStep transpose:
                WriteTranspose(transpose, part);
                break;
            case NestStep nest:
                var body = NestFromStarts.Of(nest, out var starts);
                var name = shared.Method(body, part.Division, $"Step{number}_{names[nest.Written[^1]]}", out var isNew);
                text.Line($"{name}({string.Join(", ", nest.Values.Select(value => From(names[value], starts[value])).Concat(nest.BoundedAxes.Select(axis => names[axis])).Concat(part.Range))});");
                if (isNew)
                    methods.Add(() => WriteMethod(body, name, part.Division));
                break;
            default:
                throw new NotSupportedException(step.GetType().Name);
        }
    }

    void WriteMethod(NestStep nest, string name, Division? division)
    {
        foreach (var assignment in nest.Assignments)
            text.Line($"// {assignment}");
        text.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        var parameters = nest.Values.Select(value => $"{Type(value)}* {names[value]}").Concat(nest.BoundedAxes.Select(axis => $"int {names[axis]}")).Concat(division is null ? [] : ["nint begin", "nint end"]);
        using (text.Block($"static void {name}({string.Join(", ", parameters)})"))
            new NestWriter(target, names.Inner(), text, nest.Assignments, division).Write(nest.Statements);
    }

    void WritePrefetch(PrefetchStep prefetch, Part part, int outer = 0)
    {
        if (outer == prefetch.Over.Count)
        {
            text.Line($"Prefetch.Line({new FormulaWriter(target, names).Address(prefetch.Target)});");
            return;
        }

        using (text.Block(Loop(prefetch.Over[outer], outer == 0 ? part : Part.All)))
            WritePrefetch(prefetch, part, outer + 1);
    }

    void WriteTranspose(TransposeStep transpose, Part part, int outer = 0)
    {
        if (outer < transpose.Outer.Count)
        {
            using (text.Block(Loop(transpose.Outer[outer].Variable, outer == 0 ? part : Part.All)))
                WriteTranspose(transpose, part, outer + 1);
            return;
        }

        var (source, result) = (transpose.Source, transpose.Result);
        text.Line($"Transpose.Copy(rows: {names[new Count(transpose.Rows, transpose.BoundedRows)]}, columns: {part.Length(Cut.Rows, names[new Count(transpose.Columns, transpose.BoundedColumns)])}, source: {Address(source, transpose.Outer, loop => loop.Left)}{part.From(Cut.Rows, 1)}, sourceRow: {source.Row}, target: {Address(result, transpose.Outer, loop => loop.Result)}{part.From(Cut.Rows, result.Row)}, targetRow: {result.Row});");
    }

    string Address(Matrix matrix, IEnumerable<OuterLoop> outer, Func<OuterLoop, int> stride) =>
        string.Join(" + ", outer.Where(loop => stride(loop) != 0).Select(loop => $"{names[loop.Variable]} * {stride(loop)}").Prepend(Address(matrix)));

    string Address(Matrix matrix) => From(names[matrix.Value], matrix.Start);

    static string From(string address, int start) => start == 0 ? address : $"{address} + {start}";

    void WriteProduct(ProductStep product, int number, Part part, int outer = 0)
    {
        if (outer < product.Outer.Count)
        {
            using (text.Block(Loop(product.Outer[outer].Variable, outer == 0 ? part : Part.All)))
                WriteProduct(product, number, part, outer + 1);
            return;
        }

        string AddressIn(Matrix matrix, Func<OuterLoop, int> stride, int row, int column) =>
            Address(matrix, product.Outer, stride) + part.From(Cut.Rows, row) + part.From(Cut.Columns, column);
        var start = product.Start is { } matrix ? $"{AddressIn(matrix, loop => loop.Start, matrix.Row, 1)}, startRow: {matrix.Row}" : "null, startRow: 0";
        var (arguments, end) = ("", "");
        if (product.Epilogue is { } formula)
        {
            var name = shared.Struct(formula, part.Corner is not null, $"Epilogue{number}_{names[product.Result.Value]}", out var isNew);
            var epilogue = new EpilogueWriter(product, formula, name, target, names, part.Corner);
            (arguments, end) = ($"<{target.Kernels}, {target.Vector}<float>, {epilogue.Name}>", $", epilogue: {epilogue.Creation}");
            if (isNew)
                methods.Add(() => epilogue.Write(text));
        }

        text.Line($"{(product.IsInner ? "InnerProduct" : "Product")}.Multiply{arguments}(rows: {part.Length(Cut.Rows, names[new Count(product.Rows, product.BoundedRows)])}, columns: {part.Length(Cut.Columns, names[new Count(product.StoredColumns, product.BoundedColumns)])}, depth: {names[new Count(product.Depth, product.BoundedDepth)]},");
        text.Line($"    a: {AddressIn(product.Left, loop => loop.Left, product.Left.Row, 0)}, aRow: {product.Left.Row},{(product.IsInner ? "" : $" aDepth: {product.Left.Column},")}");
        text.Line($"    b: {AddressIn(product.Right, loop => loop.Right, 0, product.Right.Column)}, {(product.IsInner ? $"bColumn: {product.Right.Column}" : $"bDepth: {product.Right.Row}")},");
        text.Line($"    c: {AddressIn(product.Result, loop => loop.Result, product.Result.Row, 1)}, cRow: {product.Result.Row}, start: {start}{end});");
    }

    string Loop(LoopVariable variable, Part part)
    {
        var (begin, end) = part.Turns(names[variable.Count]);
        return new FormulaWriter(target, names).Loop(variable, begin, end);
    }

    internal static string Type(Value value) => value.Type == ElementType.Index ? "int" : "float";

    static string Class(Program program)
    {
        var name = Names.Legal($"{program.Name}Program");
        return char.ToUpperInvariant(name[0]) + name[1..];
    }
}

using Makemore.Tensors.Formulas;
using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Backends.CSharp;

/// <summary>Writes a loop program as one C# class: a method for each nest of loops, and <c>Run</c>, which calls them in order.</summary>
public sealed class CSharpWriter
{
    readonly LoopProgram loops;
    readonly Target target;
    readonly Names names;
    readonly SourceText text = new();
    readonly List<Action> methods = [];

    CSharpWriter(LoopProgram loops, Target target)
    {
        this.loops = loops;
        this.target = target;
        names = new Names(loops);
    }

    /// <summary>The namespace and class that hold the method <c>Run</c>.</summary>
    public static string ClassName(Program program) => $"Makemore.Generated.{Class(program)}";

    /// <summary>The source. Its method <c>public static unsafe void Run(byte** memory)</c> takes what <see cref="IExecutable.Run"/> takes.</summary>
    /// <param name="loops">What to write.</param>
    /// <param name="target">The vectors to write it for.</param>
    public static string Write(LoopProgram loops, Target target) => new CSharpWriter(loops, target).Write();

    string Write()
    {
        text.Line($"// Program '{loops.Program.Name}', written by Makemore for {target.Vector}.");
        text.Line("#nullable enable");
        text.Line();
        text.Line("using System;");
        text.Line("using System.Runtime.CompilerServices;");
        text.Line("using System.Runtime.Intrinsics;");
        text.Line("using Makemore.Tensors.Kernels;");
        text.Line();
        text.Line("namespace Makemore.Generated;");
        text.Line();
        using (text.Block($"public static unsafe class {Class(loops.Program)}"))
        {
            WriteRun();
            foreach (var method in methods)
            {
                text.Line();
                method();
            }
        }

        return text.ToString();
    }

    void WriteRun()
    {
        text.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (text.Block("public static void Run(byte** memory)"))
        {
            for (var i = 0; i < loops.Bound.Count; i++)
                text.Line($"var {names[loops.Bound[i]]} = ({Type(loops.Bound[i])}*)memory[{i + 1}];");
            foreach (var value in loops.Steps.SelectMany(step => step.Values).Distinct().Except(loops.Bound))
                text.Line($"var {names[value]} = ({Type(value)}*)(memory[0] + {loops.Memory.OffsetOf(value)});");
            for (var i = 0; i < loops.Steps.Count; i++)
                WriteStep(loops.Steps[i], i + 1);
        }
    }

    void WriteStep(Step step, int number)
    {
        text.Line();
        foreach (var assignment in step.Assignments)
            text.Line($"// {assignment}");
        switch (step)
        {
            case ProductStep product:
                WriteProduct(product, number);
                break;
            case TransposeStep transpose:
                text.Line($"Transpose.Copy(rows: {transpose.Rows}, columns: {transpose.Columns}, source: {Address(transpose.Source)}, sourceRow: {transpose.Source.Row}, target: {names[transpose.Result.Value]}, targetRow: {transpose.Result.Row});");
                break;
            case NestStep nest:
                var name = $"Step{number}_{names[nest.Assignments[^1].Target]}";
                text.Line($"{name}({string.Join(", ", nest.Values.Select(value => names[value]))});");
                methods.Add(() => WriteMethod(nest, name));
                break;
            default:
                throw new NotSupportedException(step.GetType().Name);
        }
    }

    void WriteMethod(NestStep nest, string name)
    {
        foreach (var assignment in nest.Assignments)
            text.Line($"// {assignment}");
        text.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (text.Block($"static void {name}({string.Join(", ", nest.Values.Select(value => $"{Type(value)}* {names[value]}"))})"))
            new NestWriter(target, names.Inner(), text).Write(nest.Statements);
    }

    string Address(Matrix matrix) => names[matrix.Value] + (matrix.Start == 0 ? "" : $" + {matrix.Start}");

    void WriteProduct(ProductStep product, int number, int outer = 0)
    {
        if (outer < product.Outer.Count)
        {
            var (variable, name) = (product.Outer[outer].Variable, names[product.Outer[outer].Variable]);
            using (text.Block($"for (nint {name} = 0; {name} < {variable.Length}; {name}++)"))
                WriteProduct(product, number, outer + 1);
            return;
        }

        string AddressIn(Matrix matrix, Func<OuterLoop, int> stride) => string.Join(" + ", product.Outer.Where(loop => stride(loop) != 0)
            .Select(loop => $"{names[loop.Variable]} * {stride(loop)}").Prepend(Address(matrix)));
        var start = product.Start is { } matrix ? $"{AddressIn(matrix, loop => loop.Start)}, startRow: {matrix.Row}" : "null, startRow: 0";
        var (arguments, end) = ("", "");
        if (product.Epilogue is { } formula)
        {
            var epilogue = new EpilogueWriter(product, formula, $"Epilogue{number}_{names[product.Result.Value]}", target, names);
            (arguments, end) = ($"<{target.Kernels}, {target.Vector}<float>, {epilogue.Name}>", $", epilogue: {epilogue.Creation}");
            methods.Add(() => epilogue.Write(text));
        }

        text.Line($"Product.Multiply{arguments}(rows: {product.Rows}, columns: {product.StoredColumns}, depth: {product.Depth},");
        text.Line($"    a: {AddressIn(product.Left, loop => loop.Left)}, aRow: {product.Left.Row}, aDepth: {product.Left.Column},");
        text.Line($"    b: {AddressIn(product.Right, loop => loop.Right)}, bDepth: {product.Right.Row},");
        text.Line($"    c: {AddressIn(product.Result, loop => loop.Result)}, cRow: {product.Result.Row}, start: {start}{end});");
    }

    internal static string Type(Value value) => value.Type == ElementType.Index ? "int" : "float";

    static string Class(Program program)
    {
        var name = Names.Legal($"{program.Name}Program");
        return char.ToUpperInvariant(name[0]) + name[1..];
    }
}

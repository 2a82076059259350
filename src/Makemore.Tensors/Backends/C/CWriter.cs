using Makemore.Tensors.Formulas;
using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Backends.C;

/// <summary>Writes a loop program as one C file, whose function <c>void run(char **memory)</c> takes what <see cref="IExecutable.Run"/> takes.</summary>
public sealed class CWriter
{
    readonly LoopProgram loops;
    readonly Selection selection;
    readonly Names names;
    readonly CFormulaWriter formulas;
    readonly SourceText text = new();

    CWriter(LoopProgram loops, Selection selection)
    {
        (this.loops, this.selection) = (loops, selection);
        names = new Names(loops, Prelude.Reserved);
        formulas = new CFormulaWriter(names);
    }

    /// <summary>The source.</summary>
    /// <param name="loops">What to write.</param>
    /// <param name="selection">Which steps; every one if null, else what is written is to be read and does not make a whole program.</param>
    public static string Write(LoopProgram loops, Selection? selection = null) => new CWriter(loops, selection ?? Selection.Everything).Write();

    string Write()
    {
        using (text.Block("void run(char **memory)"))
        {
            for (var i = 0; i < loops.Program.Bound.Count; i++)
                text.Line($"{Pointer(loops.Program.Bound[i])} = ({Type(loops.Program.Bound[i])} *)memory[{i + 1}];");
            foreach (var value in loops.Steps.SelectMany(step => step.Values).Distinct().Except(loops.Program.Bound))
                text.Line($"{Pointer(value)} = ({Type(value)} *)(memory[0] + {loops.Memory.OffsetOf(value)});");
            foreach (var axis in loops.Steps.SelectMany(step => step.BoundedAxes).Distinct())
                text.Line($"long {names[axis]} = ((int *)memory[{loops.Program.Bound.Count + 1}])[{loops.Program.BoundedAxes.ToList().IndexOf(axis)}];");
            foreach (var step in loops.Steps.Where(step => step.IsIn(selection)))
                WriteStep(step);
        }

        var run = text.ToString();
        var functions = Prelude.Functions.Where(function => run.Contains($"{function.Name}(", StringComparison.Ordinal)).Select(function => function.Source.ReplaceLineEndings("\n"));
        return string.Join("\n\n", [SourceText.Comment($"// Program '{loops.Program.Name}', written by Makemore."), "#include <math.h>\n#include <string.h>", .. functions, run]);
    }

    void WriteStep(Step step)
    {
        text.Line();
        foreach (var assignment in step.Assignments)
            text.Line($"// {assignment}");
        switch (step)
        {
            case NestStep nest:
                using (nest.Statements.Count > 1 ? text.Block("") : null)
                    WriteStatements(nest.Statements);
                break;
            case PrefetchStep:
                text.Line("// Nothing is fetched early.");
                break;
            case ProductStep product:
                WriteProduct(product);
                break;
            case TransposeStep { Source: var source, Result: var result, Outer: var outer } transpose:
                foreach (var loop in outer)
                    text.Line(Head(names[loop.Variable], loop.Variable.Count));
                text.Line(Head("row", new Count(transpose.Rows, transpose.BoundedRows)));
                text.Line(Head("column", new Count(transpose.Columns, transpose.BoundedColumns)));
                text.Line($"    {names[result.Value]}[{Start(result, outer, loop => loop.Result)}column * {result.Row} + row] = {names[source.Value]}[{Start(source, outer, loop => loop.Left)}row * {source.Row} + column];");
                break;
            default:
                throw new NotSupportedException($"the C backend cannot write a {step.GetType().Name}");
        }
    }

    void WriteStatements(IEnumerable<Statement> statements)
    {
        foreach (var statement in statements)
        {
            switch (statement)
            {
                case For loop:
                    foreach (var row in loop.Body.AsEnumerable().Select(inside => inside.Begun).OfType<Local>().Where(local => local.Along is not null))
                        text.Line($"float {names.Of(row)}[{loop.Variable.Length}];");
                    if (loop.Lanes)
                        text.Line($"#pragma omp simd{Reductions(loop)}");
                    using (Loop(names[loop.Variable], loop.Variable.Count))
                        WriteStatements(loop.Body);
                    break;
                case Begin { Local: var local, Reduction: var reduction }:
                    text.Line($"{(local.Along is null ? "float " : "")}{formulas.Scalar(local)} = {(reduction == Reduction.Sum ? "0.0f" : "-INFINITY")};");
                    break;
                case Accumulate { Local: var local, Reduction: var reduction, Body: var body }:
                    text.Line($"{formulas.Scalar(local)} {(reduction == Reduction.Sum ? $"+= {formulas.Scalar(body)}" : $"= maximum({formulas.Scalar(local)}, {formulas.Scalar(body)})")};");
                    break;
                case Let { Local: var local, Body: var body }:
                    text.Line($"{(local.Along is null ? "float " : "")}{formulas.Scalar(local)} = {formulas.Scalar(body)};");
                    break;
                case Store { Target.Value.Type: ElementType.Index, Body: Read read } store:
                    text.Line($"{formulas.Element(store.Target)} = {formulas.Element(read.Access)};");
                    break;
                case Store store:
                    text.Line($"{formulas.Element(store.Target)} {(store.Adds ? "+=" : "=")} {formulas.Scalar(store.Body)};");
                    break;
                case Fill fill:
                    using (Loop("place", new Count(fill.Places, null)))
                        text.Line($"{names[fill.Target]}[place] = {(fill.Target.Type == ElementType.Index ? $"{fill.Number}" : formulas.Number(fill.Number))};");
                    break;
                default:
                    throw new NotSupportedException($"the C backend cannot write a {statement.GetType().Name}");
            }
        }
    }

    // Sums and maxima that begin before the lanes: each lane may keep a part of them.
    static string Reductions(For loop) => string.Concat(loop.All.OfType<Accumulate>()
        .Where(accumulate => accumulate.Local.Along is null && !loop.All.OfType<Begin>().Any(begin => begin.Local == accumulate.Local))
        .Select(accumulate => $" reduction({(accumulate.Reduction == Reduction.Sum ? "+" : "maximum")} : {accumulate.Local.Name})").Distinct());

    void WriteProduct(ProductStep product)
    {
        var (rows, columns, depth) = (names[new Count(product.Rows, product.BoundedRows)], names[new Count(product.Columns, product.BoundedColumns)], names[new Count(product.Depth, product.BoundedDepth)]);
        var (left, right, result) = (product.Left, product.Right, product.Result);
        foreach (var loop in product.Outer)
            text.Line(Head(names[loop.Variable], loop.Variable.Count));
        using (text.Block($"for (long top = 0; top < {rows}; top += {Prelude.TileRows})"))
        using (text.Block($"for (long left = 0; left < {columns}; left += {Prelude.TileColumns})"))
        {
            text.Line($"float sums[{Prelude.TileRows}][{Prelude.TileColumns}];");
            text.Line($"long bottom = top + {Prelude.TileRows} < {rows} ? top + {Prelude.TileRows} : {rows}, right = left + {Prelude.TileColumns} < {columns} ? left + {Prelude.TileColumns} : {columns};");
            text.Line($"tile(sums, bottom - top, right - left, {depth}, {names[left.Value]} + {Start(left, product.Outer, loop => loop.Left)}top * {left.Row}, {left.Row}, {left.Column}, {names[right.Value]} + {Start(right, product.Outer, loop => loop.Right)}left * {right.Column}, {right.Row}, {right.Column});");
            using (text.Block("for (long row = top; row < bottom; row++)"))
            {
                var start = product.Start is { } matrix ? $" + {names[matrix.Value]}[{Start(matrix, product.Outer, loop => loop.Start)}{(matrix.Row == 0 ? "" : $"row * {matrix.Row} + ")}column]" : "";
                text.Line("#pragma omp simd");
                using (text.Block("for (long column = left; column < right; column++)"))
                {
                    text.Line($"float sum = sums[row - top][column - left]{start};");
                    text.Line($"{names[result.Value]}[{Start(result, product.Outer, loop => loop.Result)}row * {result.Row} + column] = {formulas.Scalar(product.Epilogue ?? ProductStep.Sum)};");
                }
            }
        }
    }

    string Start(Matrix matrix, IEnumerable<OuterLoop> outer, Func<OuterLoop, int> stride) =>
        string.Concat(outer.Where(loop => stride(loop) != 0).Select(loop => $"{names[loop.Variable]} * {stride(loop)} + ")) + (matrix.Start == 0 ? "" : $"{matrix.Start} + ");

    string Head(string variable, Count count) => $"for (long {variable} = 0; {variable} < {names[count]}; {variable}++)";

    IDisposable Loop(string variable, Count count) => text.Block(Head(variable, count));

    string Pointer(Value value) => $"{Type(value)} *{names[value]}";

    static string Type(Value value) => value.Type == ElementType.Index ? "int" : "float";
}

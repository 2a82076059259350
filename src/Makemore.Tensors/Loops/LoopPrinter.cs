using System.Text;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Loops;

/// <summary>Writes steps as loops: <c>for batch in 0..32</c>, a line each, indented.</summary>
static class LoopPrinter
{
    public static string Print(Step step)
    {
        var text = new StringBuilder();
        var indent = 0;
        switch (step)
        {
            case PrefetchStep prefetch:
                foreach (var variable in prefetch.Over)
                    text.Append(' ', 2 * indent++).AppendLine($"for {variable.Name} in 0..{variable.Count}");
                text.Append(' ', 2 * indent).AppendLine($"prefetch {prefetch.Target}");
                break;
            case NestStep nest:
                foreach (var statement in nest.Statements)
                    Print(text, statement, 0);
                break;
            case ProductStep product:
                foreach (var outer in product.Outer)
                    text.Append(' ', 2 * indent++).AppendLine($"for {outer.Variable.Name} in 0..{outer.Variable.Count}");
                var start = product.Start is { } matrix ? $" + {Print(matrix)}" : "";
                var sum = product.Epilogue is null ? Print(product.Result) : "sum";
                text.Append(' ', 2 * indent).AppendLine($"{sum} = {Print(product.Left)} × {Print(product.Right)}{start}    // product {new Count(product.Rows, product.BoundedRows)}×{new Count(product.Columns, product.BoundedColumns)}×{new Count(product.Depth, product.BoundedDepth)}");
                if (product.Epilogue is { } epilogue)
                    text.Append(' ', 2 * indent).AppendLine($"{Print(product.Result)} = {epilogue}");
                break;
            case TransposeStep transpose:
                foreach (var outer in transpose.Outer)
                    text.Append(' ', 2 * indent++).AppendLine($"for {outer.Variable.Name} in 0..{outer.Variable.Count}");
                text.Append(' ', 2 * indent).AppendLine($"{transpose.Result.Value.Name} = {transpose.Source.Value.Name}ᵀ    // transposed copy {new Count(transpose.Rows, transpose.BoundedRows)}×{new Count(transpose.Columns, transpose.BoundedColumns)}");
                break;
        }

        return text.ToString();
    }

    static string Print(Matrix matrix) => $"{matrix.Value.Name}{(matrix.Start == 0 ? "" : $"+{matrix.Start}")}({matrix.Row},{matrix.Column})";

    static void Print(StringBuilder text, Statement statement, int indent)
    {
        text.Append(' ', 2 * indent);
        switch (statement)
        {
            case For loop:
                text.AppendLine($"for {loop.Variable.Name} in 0..{loop.Variable.Count}{(loop.Lanes ? " by lanes" : "")}");
                foreach (var inside in loop.Body)
                    Print(text, inside, indent + 1);
                break;
            case Begin begin:
                text.AppendLine($"{begin.Local.Name} = {(begin.Reduction == Reduction.Sum ? "0" : "−∞")}");
                break;
            case Accumulate { Reduction: Reduction.Sum } accumulate:
                text.AppendLine($"{accumulate.Local.Name} += {accumulate.Body}");
                break;
            case Accumulate accumulate:
                text.AppendLine($"{accumulate.Local.Name} = max({accumulate.Local.Name}, {accumulate.Body})");
                break;
            case Let let:
                text.AppendLine($"{let.Local.Name} = {let.Body}");
                break;
            case Store store:
                text.AppendLine($"{store.Target} {(store.Adds ? "+=" : "=")} {store.Body}");
                break;
            case Fill fill:
                text.AppendLine($"{fill.Target.Name} = {ScalarPrinter.Print(fill.Number)}");
                break;
        }
    }
}

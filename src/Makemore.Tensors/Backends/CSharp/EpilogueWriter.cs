using Makemore.Tensors.Formulas;
using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Backends.CSharp;

/// <summary>Writes what a product does to its sums as a small struct, which the runtime compiles into the product's tiles.</summary>
/// <param name="product">The product.</param>
/// <param name="epilogue">What it does to its sums.</param>
/// <param name="name">What the struct is called.</param>
/// <param name="target">The vectors to write it for.</param>
/// <param name="names">What values and variables are called.</param>
/// <param name="begin">Where a thread's part begins: the row, then the column. Null where one thread does it all.</param>
sealed class EpilogueWriter(ProductStep product, Scalar epilogue, string name, Target target, Names names, (string Row, string Column)? begin = null)
{
    readonly IReadOnlyList<Value> values = [.. epilogue.All.OfType<Read>().Select(read => read.Access.Value).Distinct()];

    /// <summary>The struct's name.</summary>
    public string Name => name;

    /// <summary>The expression that makes it.</summary>
    public string Creation => $"new {name}({string.Join(", ", values.Select(value => names[value]).Concat(begin is var (row, column) ? [row, column] : []))})";

    /// <summary>Writes the struct.</summary>
    public void Write(SourceText text)
    {
        var lanes = new Lanes(new For(ProductStep.Column, Lanes: true, []), null, new Dictionary<Scalar, string>());
        text.Line($"// {product.Assignments[^1]}");
        var parameters = values.Select(value => $"float* {names[value]}").Concat(begin is null ? [] : ["nint firstRow", "nint firstColumn"]);
        using (text.Block($"readonly struct {name}({string.Join(", ", parameters)}) : IEpilogue<{target.Vector}<float>>"))
        {
            foreach (var value in values)
                text.Line($"readonly float* {names[value]} = {names[value]};");
            if (values.Count > 0)
                text.Line();
            text.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
            var head = $"public {target.Vector}<float> Apply({target.Vector}<float> {ProductStep.Sum.Name}, nint {ProductStep.Row.Name}, nint {ProductStep.Column.Name})";
            var body = SourceText.Bare(new FormulaWriter(target, names).Vector(epilogue, lanes));
            if (begin is null)
            {
                text.Line($"{head} =>");
                text.Line($"    {body};");
                return;
            }

            using (text.Block(head))
            {
                text.Line($"{ProductStep.Row.Name} += firstRow;");
                text.Line($"{ProductStep.Column.Name} += firstColumn;");
                text.Line($"return {body};");
            }
        }
    }
}

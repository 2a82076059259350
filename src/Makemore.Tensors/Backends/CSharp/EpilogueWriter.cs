using Makemore.Tensors.Formulas;
using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Backends.CSharp;

/// <summary>Writes what a product does to its sums as a small struct, which the runtime compiles into the product's tiles.</summary>
sealed class EpilogueWriter(ProductStep product, Scalar epilogue, string name, Target target, Names names)
{
    readonly IReadOnlyList<Value> values = [.. epilogue.All.OfType<Read>().Select(read => read.Access.Value).Distinct()];

    /// <summary>The struct's name.</summary>
    public string Name => name;

    /// <summary>The expression that makes it.</summary>
    public string Creation => $"new {name}({string.Join(", ", values.Select(value => names[value]))})";

    /// <summary>Writes the struct.</summary>
    public void Write(SourceText text)
    {
        var lanes = new Lanes(new For(ProductStep.Column, Lanes: true, []), null, new Dictionary<Scalar, string>());
        text.Line($"// {product.Assignments[^1]}");
        using (text.Block($"readonly struct {name}({string.Join(", ", values.Select(value => $"float* {names[value]}"))}) : IEpilogue<{target.Vector}<float>>"))
        {
            foreach (var value in values)
                text.Line($"readonly float* {names[value]} = {names[value]};");
            if (values.Count > 0)
                text.Line();
            text.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
            text.Line($"public {target.Vector}<float> Apply({target.Vector}<float> {ProductStep.Sum.Name}, nint {ProductStep.Row.Name}, nint {ProductStep.Column.Name}) =>");
            text.Line($"    {SourceText.Bare(new FormulaWriter(target, names).Vector(epilogue, lanes))};");
        }
    }
}

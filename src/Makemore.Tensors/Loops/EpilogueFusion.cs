using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>
/// Lets a matrix product finish what follows it: an activation's derivative, an optimizer's step. The sums are still in registers
/// then, and the value in between is never stored. Only for cheap formulas: one copy goes into every tile of the product.
/// </summary>
sealed class EpilogueFusion(Layouts layouts)
{
    /// <summary>The steps with every cheap element-wise line made part of the product whose only reader it is.</summary>
    /// <param name="steps">The steps, nests not yet joined.</param>
    /// <param name="isTemporary">Whether a value is nobody's but the program's.</param>
    public IReadOnlyList<Step> Fuse(IReadOnlyList<Step> steps, Func<Value, bool> isTemporary)
    {
        var fused = steps.ToList();
        for (var i = 0; i < fused.Count; i++)
        {
            if (fused[i] is not ProductStep { Outer.Count: 0, Epilogue: null, IsInner: false } product)
                continue;
            var readers = Enumerable.Range(0, fused.Count).Where(j => j != i && fused[j].Values.Contains(product.Result.Value)).ToList();
            var next = readers.Find(j => j > i);
            if (next <= i || fused[next] is not NestStep nest || Epilogue(product, nest) is not { } joined)
                continue;
            var own = joined.Result.Value == product.Result.Value;
            if (!(own || (readers.Count == 1 && isTemporary(product.Result.Value))) || fused[(i + 1)..next].Exists(between => Overwrites(between, product)))
                continue;
            fused[next] = joined;
            fused.RemoveAt(i--);
        }

        return fused;
    }

    static bool Overwrites(Step step, ProductStep product) => step.Written.Intersect(product.Values).Any();

    ProductStep? Epilogue(ProductStep product, NestStep nest)
    {
        var value = product.Result.Value;
        if (nest.Assignments is not [{ Destination: null }] || nest.OnlyStore is not { Adds: false } store || !store.Target.Value.Shape.Equals(value.Shape) || store.Target.Value.Type != ElementType.Number)
            return null;

        var variables = value.Shape.Select(LoopVariable.Along).ToList();
        var split = variables.Count;
        for (var columns = 1; columns < product.Columns; columns *= variables[split].Length)
            split--;
        var (rows, across) = (variables[..split], variables[split..]);
        var sums = layouts.Access(value.Here);
        var fits = true;
        var body = store.Body.Replace(part =>
        {
            switch (part)
            {
                case Read { Access: var access } when access.Equals(sums):
                    return ProductStep.Sum;
                case Read { Access: var access } when access.Value != value && IsReadable(access, store) && Stride(access, rows) is { } row && Stride(access, across) is { } column && column is 0 or 1:
                    return new Read(access with { Terms = [.. Terms(row, ProductStep.Row), .. Terms(column, ProductStep.Column)] });
                case Read or VariablePosition or Local or AxisLength:
                case Apply apply when !FunctionCost.IsFewInstructions(apply.Function):
                    fits = false;
                    return part;
                default:
                    return null;
            }
        });
        var operands = new[] { product.Left.Value, product.Right.Value };
        return fits && !operands.Contains(store.Target.Value) && Stride(store.Target, rows) is { } stride && (across.Count == 0 || Stride(store.Target, across) == 1)
            ? product with
            {
                Assignments = new([.. product.Assignments, .. nest.Assignments]),
                Result = new Matrix(store.Target.Value, stride, 1),
                StoredColumns = layouts[store.Target.Value].Row == product.StoredColumns ? product.StoredColumns : product.Columns,
                Epilogue = body,
            }
            : null;
    }

    // What the product overwrites it may read only where it is about to write.
    static bool IsReadable(Access access, Store store) => access.Value.Type == ElementType.Number && access.Terms.All(term => term is VariableTerm) && (access.Value != store.Target.Value || access.Equals(store.Target));

    static IEnumerable<Term> Terms(int stride, LoopVariable variable) => stride == 0 ? [] : [new VariableTerm(stride, variable)];

    // The one stride at which the access walks through all the variables, outermost first; null if it does not.
    static int? Stride(Access access, List<LoopVariable> variables)
    {
        int? stride = variables.Count == 0 ? 0 : access.Stride(variables[^1]);
        for (var i = 0; i + 1 < variables.Count; i++)
        {
            if (access.Stride(variables[i]) is not { } outer || outer != access.Stride(variables[i + 1]) * variables[i + 1].Length)
                return null;
        }

        return stride;
    }
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>Lets a product store its result where the only line that reads it would copy it: into a part of another value, or as other axes.</summary>
static class ResultPlacement
{
    /// <summary>The steps without such copies.</summary>
    /// <param name="steps">The steps, nests not yet joined.</param>
    /// <param name="isTemporary">Whether a value is nobody's but the program's.</param>
    public static IReadOnlyList<Step> Place(IReadOnlyList<Step> steps, Func<Value, bool> isTemporary)
    {
        var users = steps.SelectMany(step => step.Values.Select(value => (value, step))).ToLookup(pair => pair.value, pair => pair.step);
        var placed = steps.ToList();
        foreach (var product in steps.OfType<ProductStep>().Where(product => product.Epilogue is null && isTemporary(product.Result.Value)))
        {
            if (users[product.Result.Value].Where(step => !ReferenceEquals(step, product)).ToList() is not [NestStep copy] || Placed(product, copy) is not { } direct)
                continue;
            var (first, last) = (placed.FindIndex(step => ReferenceEquals(step, product)), placed.FindIndex(step => ReferenceEquals(step, copy)));
            if (first < 0 || last < first || placed[first..last].Exists(between => between.Written.Intersect(product.Values).Except(product.Written).Any()))
                continue;
            placed[last] = direct;
            placed.RemoveAt(first);
        }

        return placed;
    }

    static ProductStep? Placed(ProductStep product, NestStep copy)
    {
        if (copy.OnlyStore is not { Adds: false, Body: Read { Access: var source }, Target: var target } || source.Value != product.Result.Value || source.Start != product.Result.Start
            || target.Value.Type != ElementType.Number || product.Values.Contains(target.Value) || !source.Terms.Concat(target.Terms).All(term => term is VariableTerm))
            return null;

        // Both are walked through from the longest stride to the shortest, the copy's loops as many at a time as make one of the product's.
        var variables = copy.All.OfType<For>().Select(loop => loop.Variable).Where(variable => variable.Length > 1).OrderByDescending(source.Stride).ToList();
        var strides = new Dictionary<int, int>();
        IEnumerable<(int Stride, int Length, Axis? Bounded)> walks =
        [
            .. product.Outer.AsEnumerable().Select(loop => (loop.Result, loop.Variable.Length, loop.Variable.Bounded)),
            (product.Result.Row, product.Rows, product.BoundedRows),
            (1, product.Columns, product.BoundedColumns),
        ];
        foreach (var (stride, length, bounded) in walks.Where(walk => walk.Length > 1).OrderByDescending(walk => walk.Stride))
        {
            for (var left = length; left > 1; variables.RemoveAt(0))
            {
                if (variables.Count == 0 || left % variables[0].Length != 0 || !Equals(variables[0].Bounded, bounded))
                    return null;
                left /= variables[0].Length;
                var (from, to) = (source.Stride(variables[0])!.Value, target.Stride(variables[0])!.Value);
                if (from != stride * left || to % left != 0 || (strides.TryGetValue(stride, out var known) && known != to / left))
                    return null;
                strides[stride] = to / left;
            }
        }

        return variables.Count == 0 && strides.GetValueOrDefault(1, 1) == 1
            ? product with
            {
                Assignments = new([.. product.Assignments, .. copy.Assignments]),
                Outer = product.Outer.Select(loop => loop with { Result = strides.GetValueOrDefault(loop.Result, 0) }),
                Result = new Matrix(target.Value, product.Rows > 1 ? strides[product.Result.Row] : 0, 1, target.Start),
                StoredColumns = product.Columns,
            }
            : null;
    }
}

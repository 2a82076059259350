using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>Turns one assignment into steps: products where there are sums of products, nests of loops for the rest.</summary>
sealed class AssignmentLowering(Layouts layouts, Program program)
{
    readonly ProductLowering products = new(layouts, program);

    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<Step> Lower(Assignment assignment)
    {
        if (assignment.Destination is not null)
            return [Nest(assignment, assignment.Body)];

        var steps = new List<Step>();
        var sums = ProductSums(assignment.Body).ToList();
        var body = assignment.Body;
        foreach (var sum in sums)
        {
            // The only sum of a line is made where its result will lie; several need places of their own.
            var inPlace = sums.Count == 1 && !assignment.Reads.Any(element => element.Source == assignment.Target);
            var place = inPlace ? assignment.Target : layouts.AddLike(assignment.Target, $"{assignment.Target.Name}.part{sums.IndexOf(sum) + 1}");
            if (LowerSum(assignment, place, sum) is { } lowered)
            {
                steps.AddRange(lowered);
                body = body.Replace(part => part.Equals(sum) ? place.Here : null);
            }
        }

        if (!body.Equals(assignment.Target.Here))
            steps.Add(Nest(assignment, body));
        return steps;
    }

    NestStep Nest(Assignment assignment, Scalar body) =>
        new([assignment], new NestLowering(layouts).Lower(assignment with { Body = body }));

    // The largest sums that hold a product sum: Σ x·y, or Σ x·y + b with whatever is added.
    static IEnumerable<Scalar> ProductSums(Scalar body) => body switch
    {
        Fold => IsProductSum(body) ? [body] : [],
        Apply { Function: var function, Arguments: [var x, var y] } when function == ScalarFunction.Add && (IsProductSum(x) || IsProductSum(y)) => [body],
        _ => body.Parts.SelectMany(ProductSums),
    };

    static bool IsProductSum(Scalar scalar) =>
        scalar is Fold { Reduction: Reduction.Sum, Body: Apply { Function: var function, Arguments: [Element, Element] } } && function == ScalarFunction.Multiply;

    IReadOnlyList<Step>? LowerSum(Assignment assignment, Value place, Scalar sum)
    {
        if (sum is Fold only)
            return products.Lower(assignment, place, only, null);
        var (x, y) = sum is Apply { Arguments: [var first, var second] } ? (first, second) : throw new ArgumentException($"{sum} is no sum");
        var (fold, start) = IsProductSum(x) ? ((Fold)x, y) : ((Fold)y, x);
        if (start is Element element && products.Lower(assignment, place, fold, element) is { } steps)
            return steps;

        // What cannot be the kernel's start is computed first, and may use the same copies; the product is then added to it.
        if (products.Lower(assignment, place, fold, place.Here) is not { } product)
            return null;
        var before = Lower(new Assignment(assignment.Section, place, start)).Select(step => step with { Assignments = [assignment] });
        var copies = product.TakeWhile(step => step is not ProductStep).ToList();
        return [.. copies, .. before, .. product.Skip(copies.Count)];
    }
}

using System.Numerics;
using Makemore.Tensors.Axes;

namespace Makemore.Tensors.Expressions;

/// <summary>Contracts several tensors two at a time, in the order with the fewest multiplications among all there are.</summary>
/// <remarks>Tensors are bits of a set; what is best for a set follows from what is best for its parts.</remarks>
sealed class ContractionOrder
{
    /// <summary>More tensors would make too many orders.</summary>
    public const int MostTensors = 8;

    readonly IReadOnlyList<Tensor> tensors;
    readonly Shape result;
    readonly Shape[] kept;
    readonly (double Cost, int Left)[] best;

    ContractionOrder(IReadOnlyList<Tensor> tensors, Shape result)
    {
        this.tensors = tensors;
        this.result = result;
        var sets = 1 << tensors.Count;
        kept = [.. Enumerable.Range(0, sets).Select(Kept)];
        best = new (double, int)[sets];
        for (var set = 1; set < sets; set++)
            best[set] = BitOperations.IsPow2(set) ? default : Halves(set).Select(left => (Cost(set, left), left)).MinBy(way => way.Item1);
    }

    /// <summary>The sum of products over all axes that the result lacks.</summary>
    /// <param name="tensors">What is multiplied; no axis that the result lacks is in one of them alone.</param>
    /// <param name="result">The result's axes, in its order.</param>
    public static Tensor Contract(IReadOnlyList<Tensor> tensors, Shape result) =>
        tensors is [var only] ? View.InOrder(only, result) : new ContractionOrder(tensors, result).Contract((1 << tensors.Count) - 1);

    Tensor Contract(int set)
    {
        if (BitOperations.IsPow2(set))
            return tensors[BitOperations.Log2((uint)set)];
        var left = best[set].Left;
        return Expressions.Contract.Of(Contract(left), Contract(set ^ left), Met(set, left).Without(kept[set]), kept[set]);
    }

    // The ways to divide a set in two, its first tensor on the left.
    static IEnumerable<int> Halves(int set)
    {
        var first = set & -set;
        for (var left = (set - 1) & set; left > 0; left = (left - 1) & set)
        {
            if ((left & first) != 0)
                yield return left;
        }
    }

    // The multiplications, and the elements to be stored.
    double Cost(int set, int left) => best[left].Cost + best[set ^ left].Cost + Size(Met(set, left)) + Size(kept[set]);

    Shape Met(int set, int left) => kept[left].Union(kept[set ^ left]);

    // What the result or a tensor outside of the set still needs.
    Shape Kept(int set)
    {
        bool IsNeeded(Axis axis) => result.Contains(axis) || tensors.Where((_, i) => (set >> i & 1) == 0).Any(other => other.Shape.Contains(axis));
        return set == (1 << tensors.Count) - 1
            ? result
            : tensors.Where((_, i) => (set >> i & 1) == 1).Aggregate(Shape.Scalar, (shape, tensor) => shape.Union([.. tensor.Shape.Where(IsNeeded)]));
    }

    // The order is for speed only, so that a length nobody knows yet may count for nothing.
    static double Size(Shape shape) => shape.Where(axis => !axis.IsOpen).Aggregate(1.0, (product, axis) => product * axis.Length);
}

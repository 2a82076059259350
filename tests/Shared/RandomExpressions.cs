using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Programs;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Testing;

/// <summary>One step in the growth of an expression: what to do, with which of the tensors so far. Any numbers mean something.</summary>
record struct Choice(int Operation, int Left, int Right, int Detail);

/// <summary>
/// An expression graph grown from a list of choices, so that a shorter list is a smaller graph. Numbers stay in ranges in which
/// float and double agree: they are scaled down when they grow, and compared only where they are exact in both.
/// </summary>
sealed class RandomExpressions
{
    const int MostElements = 3000;
    const int MostProducts = 20000;

    // Lengths around those of vectors, their multiples, and 1.
    static readonly int[] Lengths = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 23, 31, 32, 33, 37];

    readonly Axis[] axes;
    readonly List<Grown> grown = [];
    readonly List<IndexInput> indices = [];
    readonly List<Parameter> parameters = [];

    RandomExpressions(int seed, int bounded)
    {
        axes = [.. "abcdef".Select((name, i) => Lengths[(seed + (i * 5) + (i * seed / 16)) & 15] is var length && ((bounded >> i) & 1) == 0 ? new Axis($"{name}", length) : Axis.UpTo($"{name}", length))];
        for (var i = 0; i < 5; i++)
        {
            Shape shape = [axes[i], axes[(i + 1 + (seed & 1)) % axes.Length]];
            parameters.Add(new($"P{i}", shape, Initializers.Constant(0)));
            grown.Add(new(parameters[i], 1, Exact: true));
            indices.Add(new($"x{i}", i == 0 ? Shape.Scalar : i == 1 ? shape : [axes[(i + 3) % axes.Length]], axes[i]));
        }

        grown.Add(new(new Input("s", Shape.Scalar), 1, Exact: true));
        grown.Add(new(new Input("cube", [axes[0], axes[2], axes[1]]), 1, Exact: true));
    }

    /// <summary>A program of such expressions: the last ones, gradients of all, and new values of parameters.</summary>
    /// <param name="seed">Settles the axes' lengths.</param>
    /// <param name="choices">Settle everything else.</param>
    /// <param name="bounded">A bit for each of the six axes: whether each run says how long it is.</param>
    /// <param name="rewrite">What may be computed in another way than it is written.</param>
    public static Program Program(int seed, IReadOnlyList<Choice> choices, int bounded = 0, Rewrite rewrite = Rewrite.Worthwhile)
    {
        var expressions = new RandomExpressions(seed, bounded);
        foreach (var choice in choices)
            expressions.Grow(choice);
        return expressions.Finish(rewrite);
    }

    Program Finish(Rewrite rewrite)
    {
        var outputs = grown.Skip(7).Reverse().Where((_, i) => i % 3 == 0).Take(4).ToList();
        var loss = outputs.Select((output, i) => Tanh(output.Tensor * (1 / output.Size)).Sum(output.Tensor.Shape) * (1.0 / output.Tensor.Shape.Elements)).Aggregate((Tensor)0.0, (sum, term) => sum + term);
        var gradients = Gradient.Of(loss, parameters);
        Update[] updates = [.. parameters.Zip(gradients).Skip(2).Where(pair => !pair.First.Shape.Any(axis => axis.IsBounded)).Select(pair => new Update(pair.First, pair.First - (0.5 * pair.Second)))];
        return Makemore.Tensors.Programs.Program.Of("random", [loss, .. outputs.Select(output => output.Tensor), .. gradients.Take(2)], updates, rewrite);
    }

    void Grow(Choice choice)
    {
        var (x, y) = (grown[choice.Left % grown.Count], grown[choice.Right % grown.Count]);
        var next = (choice.Operation % 24) switch
        {
            0 => new(Unary(x.Tensor * (1 / x.Size), choice.Detail), 2),
            1 => new(x.Tensor + y.Tensor, x.Size + y.Size, x.Exact && y.Exact && x.Size < 64),
            2 => new(x.Tensor - y.Tensor, x.Size + y.Size, x.Exact && y.Exact && x.Size < 64),
            3 => new(x.Tensor * y.Tensor, x.Size * y.Size),
            4 => new(x.Tensor / (1.5 + Tanh(y.Tensor * (1 / y.Size))), 2 * x.Size),
            5 => Compare(x, y, choice.Detail),
            6 or 7 => Product(x, y, choice.Detail),
            8 => Add(Product(x, y, choice.Detail), grown[choice.Detail % grown.Count]),
            9 => Add(Product(x, y, choice.Detail), Product(y, grown[choice.Detail % grown.Count], choice.Operation / 16)),
            10 => Reduced(x, choice.Detail),
            11 => Gathered(x, choice.Detail),
            12 => Renamed(x, choice.Detail),
            13 => new(x.Tensor.BroadcastTo(y.Tensor.Shape.Union(x.Tensor.Shape)), x.Size, x.Exact),
            14 => new(choice.Detail % 4 == 0 ? x.Tensor.Detach() : -x.Tensor, x.Size, x.Exact),
            15 => Joined(x, choice.Detail),
            > 15 and < 23 => x with { Tensor = Viewed(x.Tensor, choice.Operation, choice.Detail) },
            _ => x.Tensor is Leaf ? x : x with { Tensor = x.Tensor.As($"n{grown.Count}") },
        };
        if (next.Tensor.Shape.Aggregate(1.0, (product, axis) => product * axis.Length) > MostElements || next == x)
            return;
        grown.Add(next.Size < 1000 ? next : new(next.Tensor * (1 / next.Size), 1));
    }

    static Tensor Unary(Tensor x, int detail) => (detail % 12) switch
    {
        0 => Exp(x),
        1 => Log(1.5 + Tanh(x)),
        2 => Sqrt(1.5 + Tanh(x)),
        3 => x * x,
        4 => Sigmoid(3 * x),
        5 => Gelu(3 * x),
        6 => Silu(3 * x),
        7 => Softmax(x, x.Shape),
        8 => LayerNorm(x, x.Shape, 0.5, 0.25, epsilon: 0.1),
        _ => Tanh(x),
    };

    // Where rounding decides which is larger there is no right answer.
    static Grown Compare(Grown x, Grown y, int detail) => !x.Exact || !y.Exact ? x : (detail % 8) switch
    {
        0 => new((x.Tensor >= y.Tensor) + x.Tensor, x.Size + 1, Exact: true),
        1 => new(Equal(x.Tensor, y.Tensor) * y.Tensor, y.Size, Exact: true),
        2 => new(Where(x.Tensor < y.Tensor, x.Tensor, -y.Tensor), Math.Max(x.Size, y.Size), Exact: true),
        3 => new(Where(x.Tensor, y.Tensor, x.Tensor), Math.Max(x.Size, y.Size), Exact: true),
        4 => new(Relu(x.Tensor) - Abs(y.Tensor), x.Size + y.Size, Exact: true),
        5 => new(NotEqual(x.Tensor, y.Tensor) * Minimum(x.Tensor, y.Tensor), x.Size + y.Size, Exact: true),
        6 => new((x.Tensor > y.Tensor) - (x.Tensor <= 0.25), 1, Exact: true),
        _ => new(Maximum(x.Tensor, y.Tensor), x.Size + y.Size, Exact: true),
    };

    static Grown Product(Grown x, Grown y, int detail)
    {
        var all = x.Tensor.Shape.Union(y.Tensor.Shape);
        if (all.Aggregate(1.0, (product, axis) => product * axis.Length) > MostProducts)
            return x;
        var common = x.Tensor.Shape.Where(y.Tensor.Shape.Contains).ToList();
        var from = common.Count > 0 ? common : [.. all];
        Shape over = [.. from.Where((_, i) => i == 0 || ((detail >> i) & 1) == 1)];
        var product = detail % 5 == 0
            ? Einsum($"{Labels(x.Tensor.Shape)}, {Labels(y.Tensor.Shape)} -> {Labels(all.Without(over).Reverse())}", x.Tensor, y.Tensor)
            : x.Tensor.Dot(y.Tensor, detail % 3 == 0 ? [.. over.Reverse()] : over);
        return new(product, x.Size * y.Size * over.Elements);
    }

    static string Labels(IEnumerable<Axis> axes) => string.Join(' ', axes.Select(axis => axis.Name));

    static Grown Add(Grown x, Grown y) => new(x.Tensor + y.Tensor, x.Size + y.Size);

    static Grown Reduced(Grown x, int detail)
    {
        Shape over = [.. x.Tensor.Shape.Where((_, i) => ((detail >> i) & 1) == 1)];
        if ((detail & 32) != 0 && over.Any(axis => axis.IsBounded))
            return x with { Tensor = Where(LengthOf(over) > 0, x.Tensor.Mean(over), 0.5), Exact = false };
        return (detail & 64) != 0 && x.Exact && !over.Any(axis => axis.IsBounded) ? new(x.Tensor.Max(over), x.Size, Exact: true) : new(x.Tensor.Sum(over), x.Size * over.Elements);
    }

    Grown Gathered(Grown x, int detail)
    {
        var leaf = indices[detail % indices.Count];
        if (leaf.Into.IsBounded)
            return x;
        var index = detail % 4 == 0 ? Viewed(leaf, detail / 4, detail / 64) : leaf;
        return x.Tensor.Shape.Contains(leaf.Into) && !index.Shape.Contains(leaf.Into) ? x with { Tensor = x.Tensor[index] } : x;
    }

    // Numbers or indices seen in one of the ways there are; where that cannot be, as they were.
    static Tensor Viewed(Tensor x, int operation, int detail)
    {
        if (x.Shape.Count == 0)
            return x;
        var axis = x.Shape[detail % x.Shape.Count];
        detail /= x.Shape.Count;
        if (axis.IsBounded && operation % 8 is not (3 or 4 or 5))
            return x;
        switch (operation % 8)
        {
            case 0:
                return x.At(axis, detail % axis.Length);
            case 1:
                var (step, start) = (1 + (detail % 3), detail / 3 % axis.Length);
                return Sized(axis, 'v', ((axis.Length - 1 - start) / step / (1 + (detail % 2))) + 1) is var slice && IsFree(x, axis, slice) ? x.Slice(axis, start, slice, step) : x;
            case 2:
                var factor = Enumerable.Range(2, axis.Length).FirstOrDefault(factor => axis.Length % factor == 0, 1);
                var (high, low) = (Sized(axis, 'h', axis.Length / factor), Sized(axis, 'l', factor));
                return IsFree(x, axis, high) && IsFree(x, axis, low) ? x.Split(axis, [high, low]) : x;
            case 3:
                Shape merged = [.. x.Shape.Where((_, i) => ((detail >> i) & 1) == 1)];
                var whole = Sized(axis, 'm', merged.Elements);
                return merged.Count > 0 && merged.Elements < MostElements && x.Shape.Without(merged).All(other => other.Name != whole.Name) ? x.Merge(detail % 5 == 0 ? [.. merged.Reverse()] : merged, whole) : x;
            case 4:
                return x.Permute([.. x.Shape.Skip(1), x.Shape[0]]);
            case 5:
                var (before, after) = (detail % 4, detail / 4 % 3);
                var longer = Sized(axis, 'v', before + axis.Length + after);
                return IsFree(x, axis, longer) ? x.Pad(axis, before, after, longer, x.Into is null ? 0.25 * (detail % 2) : 0) : x;
            case 6:
                return axis.Length > 1 ? x.Shift(axis, ((detail % 2) - 1) * (detail % axis.Length)) : x;
            default:
                var (taps, stride, dilation) = (1 + (detail % 4), 1 + (detail / 4 % 3), 1 + (detail / 12 % 3));
                var room = axis.Length - 1 - (dilation * (taps - 1));
                if (room < 0)
                    return x;
                var (offset, position, tap) = (detail % (room + 1), Sized(axis, 'p', ((room - (detail % (room + 1))) / stride) + 1), Sized(axis, 't', taps));
                return IsFree(x, axis, position) && IsFree(x, axis, tap) ? x.Window(axis, position, tap, stride, dilation, offset) : x;
        }
    }

    // Stacked with others of its axes, or with its own beginning after it.
    Grown Joined(Grown x, int detail)
    {
        if (detail % 2 == 0 || x.Tensor.Shape.Count == 0)
        {
            List<Grown> alike = [x, .. grown.Where(other => other.Tensor.Shape.SameAxes(x.Tensor.Shape)).Take(1 + (detail % 3))];
            var layer = new Axis($"layer{alike.Count}", alike.Count);
            return x.Tensor.Shape.Contains(layer) ? x : new(Stack(layer, [.. alike.Select(one => one.Tensor)]), alike.Max(one => one.Size), alike.TrueForAll(one => one.Exact));
        }

        var axis = x.Tensor.Shape[detail % x.Tensor.Shape.Count];
        if (axis.IsBounded)
            return x;
        var beginning = new Axis(axis.Name, 1 + (detail / 2 % axis.Length));
        var both = Sized(axis, 'v', axis.Length + beginning.Length);
        if (!IsFree(x.Tensor, axis, both))
            return x;
        var (part, rest) = (x.Tensor.Slice(axis, 0, new Axis(both.Name, beginning.Length)), x.Tensor.Rename(axis, new Axis(both.Name, axis.Length)));
        return x with { Tensor = Concatenate(both, detail % 3 == 0 ? [part, rest] : [rest, part]) };
    }

    // Its name says how long it is, so that no two of one name differ.
    static Axis Sized(Axis of, char kind, int length) => new($"{of.Name[0]}_{length}{kind}", length);

    static bool IsFree(Tensor x, Axis replaced, Axis axis) => axis == replaced || x.Shape.Find(axis.Name) is null;

    // To a twin of the axis, or to the axis of a twin, so that both meet and make outer products and transpositions.
    static Grown Renamed(Grown x, int detail)
    {
        if (x.Tensor.Shape.Count == 0)
            return x;
        var from = x.Tensor.Shape[detail % x.Tensor.Shape.Count];
        var to = from.Called(from.Name.EndsWith('2') ? from.Name[..^1] : from.Name + "2");
        return x.Tensor.Shape.Contains(to) ? x : x with { Tensor = x.Tensor.Rename(from, to) };
    }

    // An expression, a bound for its elements, and whether they are the same in float as in double.
    sealed record Grown(Tensor Tensor, double Size, bool Exact = false);
}

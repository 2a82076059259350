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

    RandomExpressions(int seed)
    {
        axes = [.. "abcdef".Select((name, i) => new Axis(name.ToString(), Lengths[(seed + (i * 5) + (i * seed / 16)) & 15]))];
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
    public static Program Program(int seed, IReadOnlyList<Choice> choices)
    {
        var expressions = new RandomExpressions(seed);
        foreach (var choice in choices)
            expressions.Grow(choice);
        return expressions.Finish();
    }

    Program Finish()
    {
        var outputs = grown.Skip(7).Reverse().Where((_, i) => i % 3 == 0).Take(4).ToList();
        var loss = outputs.Select((output, i) => Tanh(output.Tensor * (1 / output.Size)).Sum(output.Tensor.Shape) * (1.0 / output.Tensor.Shape.Elements)).Aggregate((Tensor)0.0, (sum, term) => sum + term);
        var gradients = Gradient.Of(loss, parameters);
        Update[] updates = [.. parameters.Zip(gradients).Skip(2).Select(pair => new Update(pair.First, pair.First - (0.5 * pair.Second)))];
        return Makemore.Tensors.Programs.Program.Of("random", [loss, .. outputs.Select(output => output.Tensor), .. gradients.Take(2)], updates);
    }

    void Grow(Choice choice)
    {
        var (x, y) = (grown[choice.Left % grown.Count], grown[choice.Right % grown.Count]);
        var next = (choice.Operation % 16) switch
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
        return new(x.Tensor.Dot(y.Tensor, detail % 3 == 0 ? [.. over.Reverse()] : over), x.Size * y.Size * over.Elements);
    }

    static Grown Add(Grown x, Grown y) => new(x.Tensor + y.Tensor, x.Size + y.Size);

    static Grown Reduced(Grown x, int detail)
    {
        Shape over = [.. x.Tensor.Shape.Where((_, i) => ((detail >> i) & 1) == 1)];
        return (detail & 64) != 0 && x.Exact ? new(x.Tensor.Max(over), x.Size, Exact: true) : new(x.Tensor.Sum(over), x.Size * over.Elements);
    }

    Grown Gathered(Grown x, int detail)
    {
        var index = indices[detail % indices.Count];
        return x.Tensor.Shape.Contains(index.Into) && !index.Shape.Contains(index.Into) ? x with { Tensor = x.Tensor[index] } : x;
    }

    // To a twin of the axis, or to the axis of a twin, so that both meet and make outer products and transpositions.
    static Grown Renamed(Grown x, int detail)
    {
        if (x.Tensor.Shape.Count == 0)
            return x;
        var from = x.Tensor.Shape[detail % x.Tensor.Shape.Count];
        var to = new Axis(from.Name.EndsWith('2') ? from.Name[..1] : from.Name + "2", from.Length);
        return x.Tensor.Shape.Contains(to) ? x : x with { Tensor = x.Tensor.Rename(from, to) };
    }

    // An expression, a bound for its elements, and whether they are the same in float as in double.
    sealed record Grown(Tensor Tensor, double Size, bool Exact = false);
}

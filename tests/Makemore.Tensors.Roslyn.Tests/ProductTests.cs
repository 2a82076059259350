using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Gradients;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Roslyn;

/// <summary>Sums of products in every shape they can have, and what they are added to and wrapped in.</summary>
public class ProductTests
{
    static readonly Axis M = new("m", 9), N = new("n", 33), K = new("k", 7), B = new("b", 3), D = new("d", 5), One = new("one", 1), Single = new("single", 1);

    readonly Dictionary<string, Input> inputs = [];

    [Fact]
    public void Products_of_matrices_in_every_order_of_their_axes()
    {
        Shape[] lefts = [[M, K], [K, M]], rights = [[K, N], [N, K]];
        Compiled.AgreesWithInterpreter([.. from left in lefts from right in rights from swapped in new[] { false, true } select Dot(left, right, [K], swapped)]);
    }

    [Fact]
    public void Products_with_a_batch_axis_in_every_order_of_their_axes()
    {
        var lefts = Permutations([B, M, K]);
        var rights = Permutations([B, K, N]);
        Compiled.AgreesWithInterpreter([.. from left in lefts from right in rights select Dot(left, right, [K], swapped: false)]);
        Compiled.AgreesWithInterpreter([.. from left in lefts from right in rights select Dot(left, right, [K], swapped: true)]);
    }

    [Fact]
    public void Products_over_two_axes_in_every_order()
    {
        Compiled.AgreesWithInterpreter([.. from left in Permutations([M, K, D]) from right in Permutations([K, D, N]) select Dot(left, right, [K, D], swapped: false)]);
        Compiled.AgreesWithInterpreter([.. from left in Permutations([M, K, D]) from right in Permutations([K, D, N]) select Dot(left, right, [D, K], swapped: true)]);
    }

    [Fact]
    public void Products_with_a_batch_axis_in_both_that_is_summed_too() =>
        Compiled.AgreesWithInterpreter([.. from left in Permutations([B, M, K]) from right in Permutations([B, K, N]) select Dot(left, right, [B, K], swapped: false)]);

    [Fact]
    public void Products_with_an_axis_of_length_1_anywhere() => Compiled.AgreesWithInterpreter(
        Dot([One, K], [K, N], [K], false), Dot([K, One], [K, N], [K], false), Dot([M, K], [K, One], [K], false), Dot([M, K], [One, K], [K], false),
        Dot([M, One], [One, N], [One], false), Dot([One, K], [K, Single], [K], false), Dot([One, K, M], [One, K, N], [K], false), Dot([M, One, K], [K, One, N], [One, K], false));

    [Fact]
    public void Products_without_rows_or_columns_or_both() => Compiled.AgreesWithInterpreter(
        Dot([K], [K, N], [K], false), Dot([K], [N, K], [K], false), Dot([M, K], [K], [K], false), Dot([K, M], [K], [K], false), Dot([K], [K], [K], false),
        Dot([M], [N], [M], false), Dot([M, K], [N], [K], false), Dot([B, K], [B, K], [K], false), Dot([B, K], [B, K], [B, K], false), Dot([B, K], [K, B], [B], false));

    [Fact]
    public void Products_of_a_matrix_with_itself()
    {
        var x = Input([M, K]);
        var other = new Axis("other", M.Length);
        Compiled.AgreesWithInterpreter(x.Dot(x, [K]), x.Dot(x, [M]), x.Dot(x, [M, K]), x.Dot(x.Rename(M, other), [K]), x.Rename(M, other).Dot(x, [K]));
    }

    [Fact]
    public void Products_start_with_what_is_added_to_them()
    {
        var product = Dot([M, K], [K, N], [K], false);
        Tensor[] starts = [Input([N]), Input([M]), Input(Shape.Scalar), Input([M, N]), Input([N, M]), 3.0, Tanh(Input([M, N])), Tanh(Input([N])), Input([K, N]).Sum([K]), new Position(N)];
        Compiled.AgreesWithInterpreter([.. starts.Select(start => product + start), .. starts.Select(start => start + product)]);
    }

    [Fact]
    public void Products_with_a_batch_axis_start_with_what_is_added_to_them()
    {
        var product = Dot([B, M, K], [B, K, N], [K], false);
        Compiled.AgreesWithInterpreter([.. new Shape[] { [N], [B], [B, N], [B, M], [M, N], [B, M, N], [N, M, B] }.Select(shape => product + Input(shape))]);
    }

    [Fact]
    public void Two_and_three_products_are_summed()
    {
        var (x, y, z) = (Dot([M, K], [K, N], [K], false), Dot([M, D], [D, N], [D], false), Dot([N, B], [M, B], [B], false));
        Compiled.AgreesWithInterpreter(x + y, (x + y + Input([N])).As("biased"), Tanh(x + y), x + Input([N]) + y, x + y + z, x - y, x * y, Tanh(x) + Tanh(y), x + (y * 2), x + x);
    }

    [Fact]
    public void Products_inside_functions()
    {
        var product = Dot([M, K], [K, N], [K], false);
        Compiled.AgreesWithInterpreter(
            Tanh(product), Tanh(product + Input([N])).As("h"), Exp(product * 0.1), -product, product * product, 1 / (product + 100), Maximum(product, 0.3), (product * 0.5) + Input([M, N]));
        Compiled.AgreesWithInterpreter(product.Sum([M]), product.Sum([N]), product.Max([N]), product.Sum([M, N]), product.Mean([M]));
    }

    [Fact]
    public void Products_of_what_is_computed_and_looked_up()
    {
        var rows = new IndexInput("rows", [B, D], M);
        var table = Input([M, K]);
        var right = Input([K, N]);
        Compiled.AgreesWithInterpreter(table[rows].Dot(right, [K]), Tanh(table)[rows].Dot(right, [K]), Tanh(table).Dot(Exp(right), [K]), new Position(K).Dot(right, [K]), right.Dot(table[rows].Detach(), [K]));
    }

    [Fact]
    public void Deep_products_run_through_several_blocks()
    {
        var deep = new Axis("deep", 777);
        Compiled.AgreesWithInterpreter(Dot([M, deep], [deep, N], [deep], false) + Input([N]), Dot([deep, M], [N, deep], [deep], false));
    }

    [Fact]
    public void Products_of_windows_and_of_parts_of_an_axis_in_every_order_of_the_kernels_axes()
    {
        Axis time = new("time", 10), start = new("start", 4), tap = new("tap", 3), pair = new("pair", 5), bit = new("bit", 2);
        foreach (var channel in new[] { K, new Axis("channel", 16) })
        {
            Tensor x = new Input($"x{channel.Length}", [B, time, channel]), signal = new Input($"signal{channel.Length}", [B, channel, time]);
            var shapes = Permutations([tap, channel, N]);
            foreach (var source in new[] { x, signal, Tanh(x) })
            {
                Compiled.AgreesWithInterpreter([.. shapes.Select(shape => source.Window(time, start, tap, stride: 2).Dot(Input(shape), [tap, channel]) + Input([N]))]);
                Compiled.AgreesWithInterpreter([.. shapes.Select(shape => Input(shape).Dot(source.Window(time, start, tap, dilation: 3, offset: 0), [channel, tap]))]);
                Compiled.AgreesWithInterpreter([.. Permutations([bit, channel, N]).Select(shape => source.Split(time, [pair, bit]).Dot(Input(shape), [bit, channel]))]);
                Compiled.AgreesWithInterpreter(source.At(time, 3).Dot(Input([tap, channel, N]).At(tap, 1), [channel]), source.Slice(time, 2, start).Dot(Input([tap, channel, N]), [channel]), source.Slice(time, 1, start, step: 2).Dot(source.Slice(time, 0, start), [start]));
            }
        }
    }

    [Fact]
    public void Gradients_of_products_of_windows()
    {
        Axis time = new("time", 10), start = new("start", 4), tap = new("tap", 3);
        Parameter x = new("x", [B, time, K], Initializers.Constant(0)), kernel = new("kernel", [tap, K, N], Initializers.Constant(0)), turned = new("turned", [N, tap, K], Initializers.Constant(0));
        foreach (var weights in new[] { kernel, turned })
        {
            Compiled.AgreesWithInterpreter([.. Gradient.Of(Tanh(x.Window(time, start, tap, dilation: 3).Dot(weights, [tap, K])).Sum([B, start, N]), [x, weights])]);
            Compiled.AgreesWithInterpreter([.. Gradient.Of(Tanh(Tanh(x).Window(time, start, tap, stride: 2).Dot(weights, [tap, K])).Sum([B, start, N]), [x, weights])]);
        }
    }

    [Fact]
    public void What_follows_a_product_may_read_it_elsewhere()
    {
        var product = Dot([M, K], [K, N], [K], false).As("product");
        var one = new IndexInput("one", Shape.Scalar, M);
        Compiled.AgreesWithInterpreter((product * 2) + product.At(M, 3), (Dot([M, D], [D, N], [D], false).As("other") * 2) - Input([M, N])[one]);
    }

    Tensor Dot(Shape left, Shape right, Shape over, bool swapped) => swapped ? Input(right).Dot(Input(left), over) : Input(left).Dot(Input(right), over);

    // One input for each order of axes: leaves of one name must be the same.
    Input Input(Shape shape)
    {
        var name = "x_" + string.Concat(shape.Select(axis => axis.Name));
        return inputs.TryGetValue(name, out var known) ? known : inputs[name] = new Input(name, shape);
    }

    internal static List<Shape> Permutations(IReadOnlyList<Axis> axes) =>
        axes.Count == 1 ? [[axes[0]]] : [.. axes.SelectMany(axis => Permutations([.. axes.Where(other => other != axis)]).Select(rest => Shape.Create([axis]).Union(rest)))];
}

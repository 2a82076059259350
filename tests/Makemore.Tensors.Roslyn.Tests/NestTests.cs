using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Programs;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Roslyn;

/// <summary>Loops: element by element, sums and maxima along every axis, lookups, rows that share a loop.</summary>
public class NestTests
{
    static readonly int[] Lengths = [1, 2, 7, 8, 15, 16, 17, 31, 33];

    static readonly Axis I = new("i", 5), J = new("j", 19), K = new("k", 3), V = new("v", 27);

    readonly Input x = new("x", [I, J]), y = new("y", [J]), z = new("z", [I]), cube = new("cube", [K, I, J]), s = new("s", Shape.Scalar), table = new("table", [V, J]);

    [Fact]
    public void Every_scalar_function_of_every_length()
    {
        var functions = typeof(ScalarFunction).GetProperties().Where(property => property.PropertyType == typeof(ScalarFunction)).Select(property => (ScalarFunction)property.GetValue(null)!);
        Compiled.AgreesWithInterpreter([.. from function in functions from length in Lengths select Apply(function, new Axis($"axis{length}", length))]);
    }

    [Fact]
    public void Broadcasting_in_every_direction() =>
        Compiled.AgreesWithInterpreter(x + y, x + z, y * z, z * y, x + s, s * s, cube + x, x + cube, cube * z, (x + y) / (cube + 2 + z), y.BroadcastTo([J, I, K]), s.BroadcastTo([I, J]), new Position(J) * x, new Position(I) - x);

    [Fact]
    public void Neighbouring_axes_that_are_merged_into_one_loop_keep_their_tails()
    {
        Input a = new("a", [I, K, new("t", 7)]), b = new("b", [I, K, new("t", 7)]);
        Compiled.AgreesWithInterpreter(a + b, Tanh(a) * 2, a + new Input("row", [new("t", 7)]), a + new Input("plane", [K, new("t", 7)]));
    }

    [Fact]
    public void An_axis_may_have_the_name_and_length_of_two_merged_ones()
    {
        Axis a = new("a", 2), b = new("b", 3), both = new("a_b", 6);
        Input w = new("w", [both, a, b]), v = new("v", [a, b, both]);
        Compiled.AgreesWithInterpreter(Exp(w), w.Sum([a, b]), Exp(w).Sum([a, b]), v * 2, w + new Input("row", [both]));
    }

    [Fact]
    public void Sums_and_maxima_along_every_axis_of_every_length()
    {
        var tensors = Lengths.SelectMany(length =>
        {
            var axis = new Axis($"axis{length}", length);
            Input rows = new($"rows{length}", [axis, K]), columns = new($"columns{length}", [K, axis]), both = new($"both{length}", [K, axis, new("u", 4)]);
            return new[] { rows.Sum([axis]), columns.Sum([axis]), rows.Max([axis]), columns.Max([axis]), columns.Sum([K, axis]), columns.Max([K, axis]), both.Sum([axis]), both.Max([axis]), both.Sum([K]), Exp(columns).Sum([axis]), (columns * columns).Sum([axis]) };
        });
        Compiled.AgreesWithInterpreter([.. tensors]);
    }

    [Fact]
    public void Sums_along_an_axis_that_the_value_lacks() => Compiled.AgreesWithInterpreter(
        y.BroadcastTo([J, V]).Sum([V]), z.BroadcastTo([I, V]).Sum([V, I]), s.BroadcastTo([V]).Sum([V]), s.BroadcastTo([V]).Max([V]), (new Constant(2)).BroadcastTo([V, I]).Sum([V]), new Position(V).Sum([V]), new Position(J).Max([J]), z.Dot(y, [J]), z.Dot(y, [I]));

    [Fact]
    public void A_line_with_several_sums() => Compiled.AgreesWithInterpreter(
        (x * x).Sum([J]) - Exp(x).Sum([J]), Log(Exp(x).Sum([J])) + x.Max([J]), (cube.Sum([J]) * cube.Max([J])).As("both"), ((x * 2).Sum([I]) * (x * 3).Sum([I]) * x.Max([I])).As("columns"));

    [Fact]
    public void Softmax_of_rows_and_of_columns()
    {
        var (rows, columns) = (Exp(x - x.Max([J])), Exp(x - x.Max([I])));
        Compiled.AgreesWithInterpreter(rows / rows.Sum([J]), columns / columns.Sum([I]));
        var centred = x - x.Mean([J]);
        Compiled.AgreesWithInterpreter(centred / Sqrt((centred * centred).Mean([J]) + 1e-5) * y + y);
    }

    [Fact]
    public void Rows_that_are_read_at_their_own_place_and_at_others()
    {
        var h = Tanh(x).As("h");
        Axis position = new("i", 5), tap = new("tap", 2);
        var windows = Tanh(new Input("long", [new("from", 6), J])).As("g").Window(new("from", 6), position, tap).As("windows");
        Compiled.AgreesWithInterpreter(
            (h + h.Shift(J, 1)).As("next"), (h * h.Shift(I, 1)).As("below"), (h - h.Max([J])).Sum([J]).As("gap"), (h + windows.Sum([tap])).As("sums"), (Exp(h) / Exp(h).Sum([J]) + h).As("shares"));
    }

    [Fact]
    public void Several_lines_with_sums_that_share_their_rows()
    {
        var mean = x.Mean([J]).As("mean");
        var spread = (((x - mean) * (x - mean)).Sum([J]) + Exp(x - mean).Sum([J])).As("spread");
        var normal = ((x - mean) / spread).As("normal");
        Compiled.AgreesWithInterpreter(normal, (normal.Sum([J]) * Exp(normal).Sum([J]) + normal.Max([J])).As("check"));
    }

    [Fact]
    public void Lookups_of_rows_of_single_elements_and_of_lookups()
    {
        IndexInput rows = new("rows", [I], V), many = new("many", [K, I], V), deep = new("deep", [new("t", 6)], I), one = new("one", Shape.Scalar, V);
        var scores = new Input("scores", [I, V]);
        Compiled.AgreesWithInterpreter(
            table[rows], table[many], table[rows[deep]], table[many[deep]], table[one], scores[rows], scores[one], Tanh(table)[rows] * y, table[rows].Sum([I]), new Position(V)[rows], table[rows[deep].As("inner")].Sum([J]), scores[many]);
    }

    [Fact]
    public void Gradients_of_lookups_are_added_in_place()
    {
        IndexInput many = new("many", [K, I], V), perRow = new("perRow", [I, K], J);
        var weights = new Input("weights", [K, I, J]);
        Compiled.AgreesWithInterpreter([.. Gradient.Of((table[many] * weights).Sum(weights.Shape), [table]), .. Gradient.Of((x[perRow] * x[perRow]).Sum([I, K]), [x])]);
    }

    [Fact]
    public void Choices_by_comparisons_of_numbers_and_of_positions()
    {
        var wide = new Axis("wide", 37);
        Input rows = new("rows", [I, wide]), columns = new("columns", [wide]);
        IndexInput targets = new("targets", [I, wide], V), ends = new("ends", [I], wide);
        Compiled.AgreesWithInterpreter(
            Where(rows < columns, rows, -columns), Where(rows, columns, 2), Where(s > 0, rows, columns), Where(s, rows, columns), Where(columns >= rows, 1, 0) * rows,
            Where(PositionAlong(wide) <= ends, rows, double.NegativeInfinity).Max([wide]), Where(NotEqual(targets, 3), rows, 0), NotEqual(targets, 3).Sum([I, wide]), Where(PositionAlong(I) >= PositionAlong(wide), rows, 0));
    }

    [Fact]
    public void Normalisations_and_losses_with_their_gradients()
    {
        Input weight = new("weight", [J]), bias = new("bias", [J]);
        IndexInput targets = new("targets", [I], J);
        Tensor[] results =
        [
            LayerNorm(x, [J], weight, bias), BatchNorm(x, [I], weight, bias), RmsNorm(x, [J], weight), Gelu(x), Silu(x), Relu(x), Softmax(x, [J]), Softmax(x, [I]), LogSoftmax(x, [J]),
            LogSumExp(x, [J]), MeanCrossEntropy(x, targets, PositionAlong(I) < 3), Softmax(Causal(x, I, J), [J]), Variance(x, [I, J], unbiased: true),
        ];
        Compiled.AgreesWithInterpreter([.. results, .. results.SelectMany((result, i) => Gradient.Of((result * new Input($"weights{i}", result.Shape)).Sum(result.Shape), [x, weight, bias]))]);
    }

    [Fact]
    public void Views_of_rows_with_padding_and_without()
    {
        foreach (var length in new[] { 4, 16, 19, 32, 33 })
        {
            Axis time = new("time", 6), channel = new("channel", length), few = new("few", length - 3), start = new("start", 4), tap = new("tap", 2), pair = new("pair", 3), all = new("all", 6 * length);
            var rows = new Input($"rows{length}", [I, time, channel]);
            foreach (var source in new[] { rows, Tanh(rows).As("computed") })
            {
                Tensor[] views =
                [
                    source.Slice(channel, 3, few), source.Slice(time, 2, start), source.At(time, 5), source.At(channel, length - 1), source.Split(time, [pair, tap]), source.Merge([time, channel], all),
                    source.Window(time, start, tap, dilation: 2), source.Pad(channel, 2, 1, new Axis("wide", length + 3)), source.Pad(time, 1, 0, new Axis("long", 7), double.NegativeInfinity).Max([new Axis("long", 7)]),
                    source.Shift(channel, 1), source.Shift(time, -2, 0.5), Stack(new Axis("layer", 2), source, Exp(source)), Concatenate(new Axis("channel", (2 * length) - 3), source, source.Slice(channel, 3, new Axis("channel", length - 3))),
                ];
                Compiled.AgreesWithInterpreter([.. views.Select(Tanh), .. views.Select(view => view.Sum([view.Shape[^1]])), .. views.Select(view => view.Max([view.Shape[0]]))]);
                Compiled.AgreesWithInterpreter([.. views.Select(view => Gradient.Of(Tanh(view).Sum(view.Shape), [rows])[0])]);
            }
        }
    }

    [Fact]
    public void Views_of_indices()
    {
        Axis time = new("time", 6), start = new("start", 4), tap = new("tap", 2), pair = new("pair", 3);
        var characters = new IndexInput("characters", [I, time], V);
        Compiled.AgreesWithInterpreter([.. new[]
        {
            characters.Slice(time, 2, start), characters.At(time, 5), characters.Split(time, [pair, tap]), characters.Window(time, start, tap, dilation: 2), characters.Merge([I, time], new Axis("all", 30)),
            characters.Pad(time, 2, 0, new Axis("long", 8), value: 26), characters.Shift(time, 1), Stack(tap, characters, characters.Shift(time, -1)), Concatenate(new Axis("time", 12), characters, characters),
        }.Select(view => table[view])]);
    }

    [Fact]
    public void Scalars_without_any_axis() => Compiled.AgreesWithInterpreter(s, Tanh(s) + 2, s * s / (s + 3), x.Sum([I, J]), x.Max([I, J]) + s, 7, new Constant(0).BroadcastTo([K]));

    [Fact]
    public void A_chain_of_a_thousand_operations()
    {
        var chain = Enumerable.Range(0, 1000).Aggregate((Tensor)x, (sum, i) => i % 3 == 0 ? (sum * 0.9) + y : i % 3 == 1 ? sum - (z * 0.1) : sum * (1 - (i * 1e-5)));
        Compiled.AgreesWithInterpreter(chain, Gradient.Of(Tanh(chain).Sum(x.Shape), [x])[0]);
    }

    [Fact]
    public void Negated_factors_and_differences()
    {
        var negative = -x;
        Compiled.AgreesWithInterpreter(y - (negative * x), y - (-negative * x), x - -(x * y), -(-x), (negative * x) + y, -Tanh(-x), y - (-Tanh(x) * y), x - (-1.5 * y), x * -1);
    }

    [Fact]
    public void Parameters_updated_from_each_other_and_from_themselves()
    {
        Axis other = new("other", 5), more = new("more", 5);
        Parameter a = new("a", [I, other], Initializers.Constant(0)), b = new("b", [I, other], Initializers.Constant(0)), c = new("c", [J], Initializers.Constant(0)), d = new("d", [I, other], Initializers.Constant(0));
        var turned = a.Rename(I, more).Rename(other, I).Rename(more, other);
        Compiled.AgreesWithInterpreter(Program.Of("updates", [(a * b).As("old")], [new(a, b), new(b, turned), new(c, c / (c.Max([J]) + 2)), new(d, d.Dot(d.Rename(other, more).Rename(I, other), [other]).Rename(more, other))]));
    }

    Tensor Apply(ScalarFunction function, Axis axis)
    {
        Tensor[] operands = [.. ((string[])["first", "second", "third"]).Take(function.Arity).Select(name => new Input($"{name}_{function.Name}{axis.Length}", [K, axis]))];
        return Map.Of(function, function == ScalarFunction.Log || function == ScalarFunction.Sqrt || function == ScalarFunction.Divide ? [.. operands.Select(operand => operand + 1.5)] : operands);
    }
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Running;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Roslyn;

/// <summary>Programs that random expressions hardly ever meet.</summary>
public class UnusualProgramTests
{
    static readonly Axis A = new("a", 5), B = new("b", 15), E = new("e", 15), K = new("k", 20), M = new("m", 8), N = new("n", 12);

    [Fact]
    public void Products_of_one_line_share_a_transposed_copy()
    {
        Input x = new("x", [M, N]), y = new("y", [M, N]), z = new("z", [M, N]), w = new("w", [K, N]);
        Compiled.AgreesWithInterpreter(x.Dot(w, [N]) + y.Dot(w, [N]), x.Dot(w, [N]) + (y.Dot(w, [N]) + z.Dot(w, [N])) * 2);
        Compiled.AgreesWithInterpreter(x.Dot(w, [N]) + y.Dot(w, [N]) + z.Dot(w, [N]));
    }

    [Fact]
    public void Sums_of_selections_in_nested_loops()
    {
        Axis c = new("c", 48), a = new("a", 7), e = new("e", 2), d = new("d", 3);
        Input s = new("s", [c, a, e]), y = new("y", [d, c, e, a]);
        Compiled.AgreesWithInterpreter(Where(s > 0, y, 0).Sum([a]).Permute([d, c, e]));
    }

    [Fact]
    public void Sums_over_two_axes_beside_a_short_row_in_registers()
    {
        var x = new Input("x", [E, A, B]);
        var w = new Parameter("w", [A, B], Initializers.Constant(0.5f));
        var z = Tanh(x).Dot(w, [A, B]);
        Compiled.AgreesWithInterpreter(Gradient.Of((z * z).Sum(z.Shape), [w])[0]);
        var y = Tanh(x).As("y");
        Compiled.AgreesWithInterpreter(y.Max([A, B]) + y.Sum([A, B]), y.Dot(new Input("v", [K, A, B]), [A, B]), y * 2);
    }

    [Theory]
    [InlineData(1e6)]
    [InlineData(-1e6)]
    [InlineData(123456789)]
    [InlineData(1e9)]
    [InlineData(3e38)]
    [InlineData(1e-40)]
    [InlineData(-0.0)]
    public void Any_number_may_stand_in_a_formula(double number) => Compiled.AgreesWithInterpreter(Where(new Input("x", [N]) > 0, new Input("x2", [N]), number));

    // Elements that are added to what a row already holds.
    [Fact]
    public void Rows_read_again_have_what_was_added_to_them()
    {
        Axis two = new("two", 2), h = new("h", 16);
        Input x = new("x", [N, two, h]), first = new("first", [N, h]), second = new("second", [N, h]), third = new("third", [N, h]);
        var sum = ((x.At(two, 0) * first) + (x.At(two, 0) * second) + (x.At(two, 1) * third)).Sum([N, h]);
        var picked = Gradient.Of(sum, [x])[0].At(two, 0);
        Compiled.AgreesWithInterpreter(picked - picked.Sum([h]));
    }

    [Fact]
    public void Sum_of_products_of_which_only_a_row_sum_is_stored()
    {
        Input a = new("a", [M, N]), u = new("u", [M, K]), v = new("v", [M, K]);
        Input first = new("first", [N, K]), second = new("second", [N, K]), bias = new("bias", [M, K]);
        var gated = (a.Dot(first, [N]) + (u * v)) * Sigmoid(a.Dot(second, [N]) + bias);
        Compiled.AgreesWithInterpreter(gated.Sum([K]));
    }

    [Fact]
    public void A_parameter_of_normalized_rows_is_updated()
    {
        var w = new Parameter("w", [M, N], Initializers.Constant(0));
        var normalized = LayerNorm(w, [N], 1, 0);
        var loss = (normalized * new Input("up", [M, N])).Sum([M, N]);
        Compiled.AgreesWithInterpreter(Program.Of("test", [], [new Update(w, w - (0.1 * Gradient.Of(loss, [w])[0]))]));
    }

    [Fact]
    public void Column_sums_of_what_several_rows_add_to()
    {
        Axis position = new("position", 3), tap = new("tap", 3);
        Input x = new("x", [A, N]), first = new("first", [position, tap, N]);
        var far = new Input("far", [tap, N]);
        var loss = (x.Window(A, position, tap) * first).Sum([position, tap, N]) + (x.Slice(A, 1, tap) * far).Sum([tap, N]);
        var grad = Gradient.Of(loss, [x])[0];
        Compiled.AgreesWithInterpreter(grad.Window(A, position, tap).Sum([position, tap]));
    }

    [Fact]
    public void Gradient_of_a_norm_whose_weight_is_a_number()
    {
        Input x = new("x", [M, N]), up = new("up", [M, N]);
        Tensor GradientOf(Tensor y) => Gradient.Of((y * up).Sum([M, N]), [x])[0];
        Tensor half = GradientOf(LayerNorm(x, [N], 1, 0)) * 0.5, halfOfBatch = GradientOf(BatchNorm(x, [M], 1, 0)) * 0.5;
        var expected = Program.Of("expected", [half, half, halfOfBatch]);
        var found = Program.Of("found", [GradientOf(LayerNorm(x, [N], 0.5, 0)), GradientOf(LayerNorm(x, [N], 1, 0) * 0.5), GradientOf(BatchNorm(x, [M], 0.5, 0))]);
        Assert.Null(Compiled.Disagreement(expected, found));
    }

    [Theory]
    [InlineData(1e-30, 1e38f)]
    [InlineData(1e30, 1e-38f)]
    public void Factors_are_joined_only_where_their_product_is_a_number_that_a_float_holds(double factor, float value)
    {
        var x = new Input("x", [N]);
        var program = Program.Of("test", [factor * (factor * x)]);
        using var storage = new Storage();
        using var routine = new Routine(program, Compiled.Backend, storage);
        storage.Write(x, [.. Enumerable.Repeat(value, N.Length)]);
        routine.Run();
        var expected = (float)factor * ((float)factor * value);
        Assert.All(routine.Output().ToArray(), number => Assert.Equal(expected, number, Math.Abs(expected) * 1e-6f));
    }

    [Fact]
    public void Zeros_of_different_sign_are_different_numbers()
    {
        var x = new Input("x", [N]) > -100;
        Assert.Equal(2, Program.Of("zeros", [x / new Constant(0.0), x / new Constant(-0.0)]).Outputs.Distinct().Count());
    }

    [Fact]
    public void Two_vocabularies_may_have_the_same_name_if_they_never_meet()
    {
        Axis batch = new("batch", 40), source = new("vocab", 27), target = new("vocab", 30);
        var table = new Parameter("C", [source, E], Initializers.Constant(0.5f));
        var weights = new Parameter("W", [E, target], Initializers.Constant(0.5f));
        var logits = table[new IndexInput("x", [batch], source)].Dot(weights, [E]);
        Compiled.AgreesWithInterpreter([logits, .. Gradient.Of(Tanh(logits).Sum(logits.Shape), [table, weights])]);
    }

    [Fact]
    public void Gradient_rule_may_be_by_what_the_value_does_not_read()
    {
        var x = new Input("x", [M, N]);
        var mean = x.Mean([N]);
        Compiled.AgreesWithInterpreter(WithGradient(Where(x > 0, 1, -1), [mean], (_, upstream) => [upstream.Sum([N])]) * 2);
    }

    [Fact]
    public void Program_without_steps_has_no_phases()
    {
        var x = new Input("x", [N]);
        Assert.Equal(0, Compiled.Backend.CompilePhases(Program.Of("nothing", [x])).Phases);
    }

    [Fact]
    public void Outputs_show_a_parameter_as_it_was_before_its_update()
    {
        var p = new Parameter("p", [M, N], Initializers.Constant(0.75f));
        var program = Program.Of("p", [p.Detach(), p + 0.0, p.Permute([N, M]), p.Detach() * 2], [new Update(p, p + 1)]);
        Compiled.AgreesWithInterpreter(program);
        using var storage = new Storage();
        using var routine = new Routine(program, Compiled.Backend, storage);
        storage.Initialize([p], new TorchRandom(1));
        routine.Run();
        Assert.Equal([0.75f, 0.75f, 0.75f, 1.5f], Enumerable.Range(0, 4).Select(output => routine.Output(output)[0]));
        Assert.Equal(1.75f, storage.Read(p)[0]);
    }

    [Fact]
    public void Places_far_outside_are_refused()
    {
        var x = new Input("x", [N]);
        Assert.Throws<ShapeException>(() => x.Slice(N, int.MaxValue, new Axis("p", 5)));
        Assert.Throws<ShapeException>(() => x.Slice(N, 0, new Axis("p", 5), 1 << 30));
        Assert.Throws<ShapeException>(() => x.Window(N, new Axis("p", 5), new Axis("t", 1), stride: 1 << 30));
        Assert.Throws<ShapeException>(() => x.Shift(N, int.MinValue));
        Assert.Throws<ShapeException>(() => Shape.Create([new Axis("p", 70_000), new Axis("q", 70_000)]).Elements);
    }
}

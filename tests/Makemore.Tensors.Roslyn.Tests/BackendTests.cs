using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Backends.Interpreter;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Running;
using Makemore.Testing;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Roslyn;

/// <summary>What every backend has to get right, each by itself: graphs whose results can be written down, and a training.</summary>
public class BackendTests
{
    static readonly Axis I = new("i", 37);

    readonly Input x = new("x", [I]), y = new("y", [I]);

    public static TheoryData<string> Backends => ["interpreter", "csharp", "cc"];

    [Theory]
    [MemberData(nameof(Backends))]
    public void Diamonds_add_up_what_comes_by_either_side(string backend)
    {
        var top = Enumerable.Range(0, 20).Aggregate((Tensor)x, (below, i) => ((below * 0.75).As($"left{i}") + (below * 0.5).As($"right{i}")).As($"top{i}"));
        Computes(backend, top, value => Math.Pow(1.25, 20) * value, _ => Math.Pow(1.25, 20));
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_tensor_may_be_used_ten_times(string backend)
    {
        var used = Tanh(x).As("used");
        var sum = Enumerable.Range(1, 10).Aggregate((Tensor)0.0, (sum, i) => sum + (used * used * i));
        Computes(backend, sum, value => 55 * Math.Pow(Math.Tanh(value), 2), value => 110 * Math.Tanh(value) * (1 - Math.Pow(Math.Tanh(value), 2)));
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_chain_may_have_a_thousand_links(string backend)
    {
        var end = Enumerable.Range(0, 1000).Aggregate((Tensor)x, (link, i) => i % 2 == 0 ? link * 0.999 : link + 0.001);
        var (scale, shift) = Enumerable.Range(0, 1000).Aggregate((Scale: 1.0, Shift: 0.0), (link, i) => i % 2 == 0 ? (link.Scale * 0.999, link.Shift * 0.999) : (link.Scale, link.Shift + 0.001));
        Computes(backend, end, value => (scale * value) + shift, _ => scale);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_chain_may_have_a_thousand_lines(string backend)
    {
        var end = Enumerable.Range(0, 1000).Aggregate((Tensor)x, (link, i) => (link * 0.999).As($"link{i}"));
        Computes(backend, end, value => Math.Pow(0.999, 1000) * value, _ => Math.Pow(0.999, 1000));
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void What_is_not_a_number_stays_so_and_nothing_else_becomes_so(string backend)
    {
        float[] some = [1, float.NaN, float.PositiveInfinity, float.NegativeInfinity, -2, 0, -0f, 3e38f, 1e-40f];
        var left = Enumerable.Range(0, 37).Select(i => some[i % some.Length]).ToArray();
        var right = Enumerable.Range(0, 37).Select(i => some[i / some.Length]).ToArray();
        var rowsOfSome = new Input("rows", [new Axis("row", some.Length), I]);
        var sparse = Enumerable.Range(0, some.Length).SelectMany(row => Enumerable.Range(0, 37).Select(i => i == 4 * row ? some[row] : 1 - i)).ToArray();
        Tensor[] outputs =
        [
            Maximum(x, y), x + y, x * y, x / y, Exp(x), Log(x), Sqrt(x), Tanh(x), -x, 1 / Maximum(x, y),
            Map.Of(ScalarFunction.GreaterOrEqual, x, y), Map.Of(ScalarFunction.Equal, x, y), rowsOfSome.Max([I]), rowsOfSome.Sum([I]), rowsOfSome.Dot(rowsOfSome.Detach() * 1, [I]),
        ];
        (Leaf, float[])[] inputs = [(x, left), (y, right), (rowsOfSome, sparse)];
        var expected = Run(new InterpreterBackend(), outputs, inputs);
        var actual = Run(BackendOf(backend), outputs, inputs);
        for (var i = 0; i < outputs.Length; i++)
        {
            for (var j = 0; j < expected[i].Length; j++)
                Assert.True(Alike(expected[i][j], actual[i][j]), $"output {i} is {actual[i][j]} at {j} and should be {expected[i][j]}");
        }
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_training_ends_near_where_the_others_end(string backend) =>
        Assert.Equal(TrainingRecord.Of(Compiled.Backend, steps: 60).Loss, TrainingRecord.Of(BackendOf(backend), steps: 60).Loss, 0.001f);

    [Theory]
    [MemberData(nameof(Backends))]
    public void The_same_training_twice_gives_the_same_bits(string backend) =>
        Assert.Equal(TrainingRecord.Of(BackendOf(backend), steps: 20).Bytes, TrainingRecord.Of(BackendOf(backend), steps: 20).Bytes);

    /// <summary>The backend of that name; the test that asks is skipped where it cannot run.</summary>
    internal static IBackend BackendOf(string name) => name switch
    {
        "interpreter" => new InterpreterBackend(),
        "csharp" => Compiled.Backend,
        _ => AvailableC.Required(),
    };

    void Computes(string backend, Tensor tensor, Func<double, double> value, Func<double, double> derivative)
    {
        var numbers = Enumerable.Range(-18, 37).Select(i => i / 8f).ToArray();
        var results = Run(BackendOf(backend), [tensor, Gradient.Of(tensor.Sum([I]), [x])[0]], [(x, numbers)]);
        for (var i = 0; i < numbers.Length; i++)
        {
            Assert.Equal(value(numbers[i]), results[0][i], 1e-4 * Math.Max(1, Math.Abs(value(numbers[i]))));
            Assert.Equal(derivative(numbers[i]), results[1][i], 1e-4 * Math.Max(1, Math.Abs(derivative(numbers[i]))));
        }
    }

    static float[][] Run(IBackend backend, Tensor[] outputs, (Leaf Leaf, float[] Numbers)[] inputs)
    {
        var program = Program.Of("test", outputs);
        using var storage = new Storage();
        foreach (var (leaf, numbers) in inputs)
            storage.Write(leaf, numbers);
        using var routine = new Routine(program, backend, storage);
        routine.Run();
        return [.. Enumerable.Range(0, outputs.Length).Select(i => routine.Output(i).ToArray())];
    }

    // Numbers too small to be normal may be 0.
    static bool Alike(float expected, float actual) =>
        expected.Equals(actual) || Math.Abs(expected - actual) <= Math.Max(1e-37f, 1e-5f * Math.Abs(expected));
}

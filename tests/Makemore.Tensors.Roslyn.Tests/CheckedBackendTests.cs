using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Backends.Checking;
using Makemore.Tensors.Backends.Interpreter;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Running;
using Makemore.Testing;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Roslyn;

/// <summary>Compiled code whose every line is checked.</summary>
public class CheckedBackendTests
{
    static readonly Axis I = new("i", 3), J = new("j", 20);

    readonly Input x = new("x", [I, J]), y = new("y", [J]);

    [Fact]
    public void The_logarithm_of_0_is_found_in_the_middle_of_a_program() => Assert.Equal(
        "log[i=2,j=19] is −∞: log[i,j] = log(x[i,j])\n  x[i,j]  0..1; there 0",
        Found(Exp(Log(x).As("log")), storage => storage.Write(x, [.. Enumerable.Repeat(1f, 59), 0f])));

    [Fact]
    public void A_division_by_0_is_found() => Assert.Equal(
        "divide[i=0,j=3] is ∞: divide[i,j] = x[i,j]/y[j]\n  x[i,j]  1; there 1\n  y[j]    0..1; there 0",
        Found(Tanh((x / y).As("divide")), storage => storage.Write(y, [.. Enumerable.Range(0, 20).Select(j => j == 3 ? 0f : 1f)])));

    [Fact]
    public void An_exponential_that_overflows_is_found_though_the_result_is_finite() => Assert.Equal(
        "exp[i=1,j=0] is ∞: exp[i,j] = exp(x[i,j])\n  x[i,j]  1..100; there 100",
        Found(1 / Exp(x).As("exp"), storage => storage.Write(x, [.. Enumerable.Range(0, 60).Select(i => i == 20 ? 100f : 1f)])));

    [Fact]
    public void What_an_update_overwrote_is_told_as_it_was()
    {
        var weights = new Parameter("w", [I, J], Initializers.Constant(1));
        Assert.Equal(
            "w[i=0,j=0] is −∞: w[i,j] −= x[i,j]·y[j]\n  w[i,j]  1; there 1\n  x[i,j]  1e30; there 1e30\n  y[j]    1e30; there 1e30",
            Found(Program.Of("train", [], [new(weights, weights - (x * y))]), storage =>
            {
                storage.Initialize([weights], new TorchRandom(1));
                storage.Write(x, [.. Enumerable.Repeat(1e30f, 60)]);
                storage.Write(y, [.. Enumerable.Repeat(1e30f, 20)]);
            }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_training_step_in_which_all_is_finite_is_the_same_but_for_rounding(bool interpreted)
    {
        IBackend inner = interpreted ? new InterpreterBackend() : Compiled.Backend;
        var mlp = new LectureMlp(batch: 4, examples: 10, hidden: 20);
        float[] Step(IBackend backend)
        {
            using var storage = new Storage();
            storage.Initialize(mlp.Parameters, new TorchRandom(7));
            storage.Write(mlp.LearningRate, 0.1f);
            storage.Write(mlp.Rows, [3, 1, 4, 1]);
            using var routine = new Routine(mlp.Training(), backend, storage);
            routine.Run();
            return [.. routine.Output(), .. mlp.Parameters.SelectMany(parameter => storage.Read(parameter))];
        }

        Assert.All(Step(inner).Zip(Step(new CheckedBackend(inner))), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void A_checked_run_allocates_nothing_either()
    {
        var mlp = new LectureMlp(batch: 4, examples: 10, hidden: 20);
        using var storage = new Storage();
        storage.Initialize(mlp.Parameters, new TorchRandom(7));
        using var routine = new Routine(mlp.Training(), new CheckedBackend(Compiled.Backend), storage);
        routine.Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        routine.Run();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    string Found(Tensor output, Action<Storage> set) => Found(Program.Of("test", [output]), set);

    string Found(Program program, Action<Storage> set)
    {
        using var storage = new Storage();
        storage.Write(x, [.. Enumerable.Repeat(1f, 60)]);
        storage.Write(y, [.. Enumerable.Repeat(1f, 20)]);
        set(storage);
        using var routine = new Routine(program, new CheckedBackend(Compiled.Backend), storage);
        return Assert.Throws<NotFiniteException>(routine.Run).Cause.ToString();
    }
}

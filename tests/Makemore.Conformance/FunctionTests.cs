using Makemore.Files;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Roslyn;
using Makemore.Tensors.Running;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore;

/// <summary>Every function, compiled, against PyTorch's: values, gradients, running statistics.</summary>
public class FunctionTests
{
    const double Tolerance = 1e-5;

    static readonly Axis Batch = new("batch", 5), Time = new("time", 7), Key = new("key", 7), Channel = new("channel", 19);

    static readonly Input RunningMean = new("mean", [Channel]), RunningVariance = new("variance", [Channel]), Lengths = new("lengths", [Batch]);

    static readonly Parameter X = new("x", [Batch, Time, Channel], Initializers.Normal(1)), Weight = new("weight", [Channel], Initializers.Normal(1)), Bias = new("bias", [Channel], Initializers.Normal(1));

    static readonly IndexInput Targets = new("targets", [Batch, Time], Channel);

    static readonly Dictionary<string, Tensor> Results = new()
    {
        ["exp"] = Exp(X),
        ["log"] = Log(Abs(X) + 0.1),
        ["sqrt"] = Sqrt(Abs(X) + 0.1),
        ["abs"] = Abs(X),
        ["minimum"] = Minimum(X, Bias),
        ["maximum"] = Maximum(X, Bias),
        ["where"] = Where(X > Bias, X * X, Weight),
        ["tanh"] = Tanh(X),
        ["sigmoid"] = Sigmoid(X),
        ["relu"] = Relu(X),
        ["silu"] = Silu(X),
        ["gelu"] = Gelu(X),
        ["softmax"] = Softmax(X, [Channel]),
        ["softmax_of_time"] = Softmax(X, [Time]),
        ["log_softmax"] = LogSoftmax(X, [Channel]),
        ["log_sum_exp"] = LogSumExp(X, [Channel]),
        ["cross_entropy"] = CrossEntropy(X, Targets).Mean([Batch, Time]),
        ["counted_cross_entropy"] = MeanCrossEntropy(X, Targets, PositionAlong(Time) < Lengths),
        ["variance"] = Variance(X, [Channel]),
        ["unbiased_variance"] = Variance(X, [Batch, Time], unbiased: true),
        ["layer_norm"] = LayerNorm(X, [Channel], Weight, Bias),
        ["batch_norm"] = BatchNorm(X, [Batch, Time], Weight, Bias),
        ["batch_norm_in_evaluation"] = BatchNorm(X, RunningMean, RunningVariance, Weight, Bias),
        ["rms_norm"] = RmsNorm(X, [Channel], Weight),
        ["causal_attention"] = CausalAttention(X, X.Rename(Time, Key)),
    };

    [Fact]
    public void Values_and_gradients_of_every_function_equal_PyTorch()
    {
        var weights = new Input("weights", X.Shape);
        var random = new TorchRandom(4711);
        using var storage = new Storage();
        foreach (var leaf in (Leaf[])[X, Weight, Bias, RunningMean, RunningVariance, weights])
            storage.Write(leaf, Normals(random, leaf));
        storage.Write(RunningVariance, [.. storage.Read(RunningVariance).Select(number => (number * number) + 0.1f)]);
        storage.Write(Lengths, [7, 1, 3, 0, 6]);
        var targets = new int[Targets.Shape.Elements];
        random.RandInt(0, Channel.Length, targets);
        storage.Write(Targets, targets);

        Leaf[] given = [X, Weight, Bias, RunningMean, RunningVariance, Lengths, weights];
        var theirs = Torch.Run("functions.py", [.. given.Select(leaf => Data(leaf, storage)), TensorData.Of("targets", [5, 7], [.. targets.Select(index => (long)index)])]);
        var names = theirs.Tensors.Select(tensor => tensor.Name).ToHashSet();
        var compared = new List<(string Name, Tensor Ours)> { ("running_mean", X.Mean([Batch, Time])), ("running_variance", Variance(X, [Batch, Time], unbiased: true)) };
        foreach (var (name, result) in Results)
        {
            // The script weighs a result's elements with as many of the weights, from the first on.
            var some = new Input($"{name}_weights", result.Shape);
            storage.Write(some, storage.Read(weights).AsSpan(0, result.Shape.Elements));
            Parameter[] by = [.. ((Parameter[])[X, Weight, Bias]).Where(parameter => names.Contains($"{name}.{parameter.Name}"))];
            compared.Add((name, result));
            compared.AddRange(by.Select(parameter => $"{name}.{parameter.Name}").Zip(Gradient.Of((result * some).Sum(result.Shape), by)));
        }

        Assert.Equal(names, compared.Select(pair => pair.Name).ToHashSet());
        using var routine = new Routine(Program.Of("functions", [.. compared.Select(pair => pair.Ours)]), RoslynCompiler.Backend, storage);
        routine.Run();
        for (var i = 0; i < compared.Count; i++)
            Near.Equal(theirs[compared[i].Name].Floats, routine.Output(i), Tolerance, compared[i].Name);
    }

    static Tensor CausalAttention(Tensor query, Tensor key) =>
        Softmax(Causal(query.Dot(key, [Channel]) * (1 / Math.Sqrt(Channel.Length)), Time, Key), [Key]).Dot(key, [Key]);

    static float[] Normals(TorchRandom random, Leaf leaf)
    {
        var numbers = new float[leaf.Shape.Elements];
        random.Normal(numbers, 0, 1);
        return numbers;
    }

    static TensorData Data(Leaf leaf, Storage storage) =>
        TensorData.Of(leaf.Name, [.. leaf.Shape.Select(axis => axis.Length)], storage.Read(leaf));
}

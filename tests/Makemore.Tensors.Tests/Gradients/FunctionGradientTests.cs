using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;
using static Makemore.Tensors.Gradients.CentralDifferences;

namespace Makemore.Tensors.Gradients;

/// <summary>The gradient of every function, and the gradient of that gradient, whether they follow from the primitives or are rules of their own.</summary>
public class FunctionGradientTests
{
    static readonly Axis I = new("i", 3), J = new("j", 4), K = new("k", 4);

    static readonly Input X = new("x", [I, J]), Weight = new("weight", [J]), Bias = new("bias", [J]), Length = new("length", [I]);

    static readonly IndexInput Targets = new("targets", [I], J);

    // The leaves hold numbers from 0.5 to 1.5: from them elements on both sides of 0, none of them near it.
    static readonly Tensor Both = (X - 1) * 3;

    static readonly Dictionary<string, Tensor> Functions = new()
    {
        ["abs"] = Abs(Both),
        ["minimum"] = Minimum(Both * Both, X),
        ["maximum"] = Maximum(Both * Both, X),
        ["where"] = Where(Both > 0, Exp(X), X * X * X),
        ["where_broadcast"] = Where(Weight > 1, X, Exp(Length) * Weight),
        ["relu"] = Relu(Both) * X,
        ["sigmoid"] = Sigmoid(Both),
        ["silu"] = Silu(Both),
        ["gelu"] = Gelu(Both),
        ["softmax"] = Softmax(Both, [J]),
        ["softmax_of_all"] = Softmax(Both, [I, J]),
        ["log_softmax"] = LogSoftmax(Both, [J]),
        ["log_sum_exp"] = LogSumExp(Both, [J]),
        ["causal_softmax"] = Softmax(Causal(X * X.Rename(J, K), J, K), [K]),
        ["cross_entropy"] = CrossEntropy(Both, Targets),
        ["counted_cross_entropy"] = MeanCrossEntropy(Both, Targets, PositionAlong(I) <= 1),
        ["variance"] = Variance(X, [J]),
        ["unbiased_variance"] = Variance(X, [I, J], unbiased: true),
        ["layer_norm"] = LayerNorm(X, [J], Weight, Bias, epsilon: 0.1),
        ["batch_norm"] = BatchNorm(X, [I], Weight, Bias, epsilon: 0.1),
        ["unbiased_batch_norm"] = BatchNorm(X, [I], Weight, Bias, epsilon: 0.1, unbiased: true),
        ["batch_norm_in_evaluation"] = BatchNorm(X, Bias, Exp(Weight), Weight, Bias),
        ["rms_norm"] = RmsNorm(X, [J], Weight),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_of_every_function_matches_central_differences(string name) => Check(Weighted(Functions[name]), X, Weight, Bias, Length);

    [Theory]
    [MemberData(nameof(Names))]
    public void Second_gradient_of_every_function_matches_central_differences(string name)
    {
        // The product with x makes even a constant gradient depend on it.
        foreach (var gradient in Gradient.Of(Weighted(Functions[name]), [X, Weight]))
            Check(Weighted(gradient * X * Weight, "others"), X, Weight, Bias, Length);
    }

    [Fact]
    public void Third_gradient_of_layer_norm_and_softmax_matches_central_differences()
    {
        foreach (var name in (string[])["layer_norm", "softmax", "gelu"])
        {
            var first = Gradient.Of(Weighted(Functions[name]), [X])[0];
            Check(Weighted(Gradient.Of(Weighted(first, "others"), [X])[0], "more"), X);
        }
    }
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;
using static Makemore.Tensors.Gradients.CentralDifferences;

namespace Makemore.Tensors.Gradients;

/// <summary>Gradients while bounded axes have some length; elements that do not exist have none, and are 0 in the interpreter.</summary>
public class BoundedGradientTests
{
    static readonly Axis Row = Axis.UpTo("row", 5), Key = Row.Called("key"), J = new("j", 4), Batch = new("batch", 2), Time = new("time", 3), Position = new("position", 6);

    static readonly Input X = new("x", [Row, J]), W = new("w", [J]), Lines = new("lines", [Batch, Time, J]);

    static readonly IndexInput Chosen = new("chosen", [Row], J);

    // Several rows may have one position here: unpacked, they are added.
    static readonly Tensor Positions = new IndexInput("positions", [Row], Position);

    static readonly Dictionary<string, Tensor> Functions = new()
    {
        ["sum"] = X.Sum([Row]),
        ["mean"] = X.Mean([Row]) * W,
        ["mean_of_both"] = X.Mean([Row, J]),
        ["variance"] = Variance(X, [Row]),
        ["unbiased_variance"] = Variance(X, [Row, J], unbiased: true),
        ["batch_norm"] = BatchNorm(X, [Row], W, W, epsilon: 0.1),
        ["softmax"] = Softmax(X * 3, [Row]),
        ["log_sum_exp"] = LogSumExp(X * 3, [Row, J]),
        ["cross_entropy"] = CrossEntropy(X * 3, Chosen).Mean([Row]),
        ["attention"] = Softmax(Causal(X.Dot(X.Rename(Row, Key), [J]), Row, Key), [Key]).Dot(X.Rename(Row, Key), [Key]),
        ["chosen_weights"] = W[Chosen] * X,
        ["padded"] = X.Pad(Row, 0, 0, new Axis("all", 5), 0.5) * new Input("all", [new Axis("all", 5)]),
        ["merged"] = Exp(X.Merge([Row, J], new Axis("all", 20))),
        ["beginning"] = new Input("long", [new Axis("all", 7), J]).Slice(new Axis("all", 7), 1, Row) * X,
        ["packed"] = Exp(Pack(Lines, [Batch, Time], Positions)) * X,
        ["unpacked"] = Exp(Unpack(X, Positions, [Batch, Time])) * Lines,
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_match_finite_differences_at_every_length(string name)
    {
        var function = Functions[name];
        var scalar = Weighted(Tanh(function * 0.5));
        for (var length = 2; length <= Row.Length; length++)
            Check(scalar, [(Row, length)], X, W, Lines);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_of_gradients_match_too(string name)
    {
        var gradient = Gradient.Of(Weighted(Tanh(Functions[name] * 0.5)), [X])[0];
        Check((gradient * new Input("direction", X.Shape)).Sum(X.Shape), [(Row, 3)], X, W, Lines);
    }
}

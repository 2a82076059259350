using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;
using static Makemore.Tensors.Gradients.CentralDifferences;

namespace Makemore.Tensors.Gradients;

/// <summary>Gradients while bounded axes have some length; elements that do not exist have none, and are 0 in the interpreter.</summary>
public class BoundedGradientTests
{
    static readonly Axis Row = Axis.UpTo("row", 5), Key = Row.Called("key"), J = new("j", 4), Batch = new("batch", 2), Time = new("time", 3);

    static readonly Input X = new("x", [Row, J]), W = new("w", [J]), Lines = new("lines", [Batch, Time, J]);

    static readonly IndexInput Chosen = new("chosen", [Row], J);

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

    [Theory]
    [InlineData(5, 3, 3)]
    [InlineData(4, 2, 1)]
    [InlineData(3, 2, 0)]
    public void Gradients_along_axes_within_each_other_match_finite_differences(int length, int some, int few)
    {
        Axis within = Axis.Within("some", Row), least = Axis.Within("few", within);
        var h = Tanh(X.Slice(Row, 0, within));
        var last = Exp(h.Slice(within, 0, least) * W);
        var scalar = Weighted(X + h.Pad(within, 0, 0, Row) * last.Pad(least, 0, 0, within).Pad(within, 0, 0, Row));
        Check(scalar, [(Row, length), (within, some), (least, few)], X, W);
        var gradient = Gradient.Of(scalar, [X])[0];
        Check((gradient * new Input("direction", X.Shape)).Sum(X.Shape), [(Row, length), (within, some), (least, few)], X, W);
    }

    [Theory]
    [InlineData(0, 0, 1, 1, 1)]
    [InlineData(1, 0, 1, 0, 1)]
    [InlineData(1, 1)]
    [InlineData(0)]
    public void Gradients_of_packing_match_finite_differences(params int[] lines)
    {
        IndexInput line = new("line_of", [Row], Batch), time = new("time_of", [Row], Time), rows = new("row_of", [Batch, Time], Row);
        var exists = new Input("exists", [Time, Batch]);
        var places = lines.Select((line, row) => (Line: line, Time: lines.Take(row).Count(before => before == line))).ToArray();
        var row = new double[Batch.Length * Time.Length];
        var there = new double[row.Length];
        foreach (var (number, place) in places.Index())
            (row[(place.Line * Time.Length) + place.Time], there[(place.Time * Batch.Length) + place.Line]) = (number, 1);
        (Leaf, double[])[] given = [(line, [.. lines]), (time, [.. places.Select(place => (double)place.Time)]), (rows, row), (exists, there)];

        var packing = new Packing([line, time], rows, exists);
        foreach (var function in new[] { Exp(packing.Pack(Lines)) * X, Exp(packing.Unpack(X)) * Lines, packing.Pack(Exp(packing.Unpack(Tanh(X)))) * packing.Pack(new Input("alike", [Time])) })
        {
            var scalar = Weighted(Tanh(function * 0.5));
            Check(scalar, [(Row, lines.Length)], given, X, Lines);
            var gradient = Gradient.Of(scalar, [X])[0];
            Check((gradient * new Input("direction", X.Shape)).Sum(X.Shape), [(Row, lines.Length)], given, X, Lines);
        }
    }
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends.CSharp;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Roslyn;

/// <summary>Rows that are computed some at a time, and sums down their columns that grow meanwhile.</summary>
public class RowGroupTests
{
    public static TheoryData<int, int> Sizes => [.. from rows in (int[])[1, 2, 3, 4, 7, 8] from length in (int[])[1, 5, 16, 27, 40, 64, 65] select (rows, length)];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Layer_norm_and_its_gradients(int rows, int length) => Compiled.AgreesWithInterpreter(Norm(new("batch", rows), new("feature", length)));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Cross_entropy_of_logits_with_a_bias(int rows, int length)
    {
        Axis batch = new("batch", rows), vocab = new("vocab", length);
        var bias = new Parameter("bias", [vocab], Initializers.Constant(0.5f));
        var loss = CrossEntropy(new Input("x", [batch, vocab]) + bias, new IndexInput("y", [batch], vocab)).Mean([batch]);
        Compiled.AgreesWithInterpreter([loss, .. Gradient.Of(loss, [bias])]);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Maxima_down_the_columns(int rows, int length)
    {
        Axis batch = new("batch", rows), feature = new("feature", length);
        var y = Softmax(new Input("x", [batch, feature]), [feature]).As("y");
        Compiled.AgreesWithInterpreter(y, y.Max([batch]), y.Sum([batch]));
    }

    [Theory]
    [InlineData(9, 27)]
    [InlineData(9, 64)]
    [InlineData(4, 16)]
    [InlineData(3, 16)]
    public void Rows_of_a_bounded_axis_are_added_up_as_far_as_they_go(int most, int length) =>
        Compiled.AgreesWithInterpreter(Norm(Axis.UpTo("batch", most), new("feature", length)));

    [Theory]
    [InlineData(8, 32, "Vector512", 16, 4)]
    [InlineData(7, 32, "Vector512", 16, 4)]
    [InlineData(3, 32, "Vector512", 16, 2)]
    [InlineData(1, 32, "Vector512", 16, null)]
    [InlineData(8, 64, "Vector512", 16, 4)]
    [InlineData(8, 64, "Vector256", 8, 4)]
    [InlineData(8, 8, "Vector256", 8, 4)]
    public void Groups_fit_the_registers(int rows, int length, string vector, int lanes, int? together)
    {
        var source = CSharpWriter.Write(LoopProgram.Of(Program.Of("norm", Norm(new("batch", rows), new("feature", length)))), new Target(vector, lanes));
        Assert.Equal(together == 4, source.Contains("batch += 4", StringComparison.Ordinal));
        Assert.Equal(together == 2, source.Contains("batch += 2", StringComparison.Ordinal));
    }

    static Tensor[] Norm(Axis batch, Axis feature)
    {
        Input x = new("x", [batch, feature]), upstream = new("upstream", [batch, feature]);
        Parameter weight = new("weight", [feature], Initializers.Constant(0.5f)), bias = new("bias", [feature], Initializers.Constant(0.25f));
        var y = LayerNorm(x, [feature], weight, bias);
        return [y, .. Gradient.Of((y * upstream).Sum([batch, feature]), [x, weight, bias])];
    }
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Programs;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Loops;

public class ColumnSumsTests
{
    static readonly Axis Batch = new("batch", 6), Time = new("time", 5), Feature = new("feature", 24);

    [Fact]
    public void A_layer_norm_with_all_its_gradients_is_one_step_that_keeps_two_numbers_a_row()
    {
        var loops = LoopProgram.Of(Norm(Feature));
        Assert.Equal(["inverse_deviation", "mean"], Assert.Single(loops.Steps).Written.Except(loops.Program.Outputs).Select(value => value.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Several_threads_add_up_columns_apart_from_rows() => Assert.Equal(2, LoopProgram.Of(Norm(Feature), phased: true).Steps.Count);

    [Fact]
    public void Rows_too_long_for_registers_are_added_up_behind_the_loop_that_makes_them() => Assert.True(LoopProgram.Of(Norm(new Axis("wide", 100))).Steps.Count > 1);

    [Fact]
    public void What_another_row_has_made_is_not_at_hand()
    {
        var y = Tanh(new Input("x", [Batch, Feature])).As("y");
        Assert.Single(Steps(y, y.Sum([Batch])));
        Assert.True(Steps(y, y.Shift(Batch, 1).Sum([Batch])).Count > 1);
    }

    [Fact]
    public void More_sums_than_registers_stay_apart()
    {
        Tensor y = Tanh(new Input("x", [Batch, Feature])).As("y"), z = new Input("z", [Batch, Feature]), w = new Input("w", [Batch, Feature]);
        Assert.Single(Steps(y, y.Sum([Batch]), (y * z).Sum([Batch])));
        Assert.Equal(2, Steps(y, y.Sum([Batch]), (y * z).Sum([Batch]), (y * w).Sum([Batch])).Count);
    }

    [Fact]
    public void Rows_that_need_the_sums_come_behind_them()
    {
        var y = Tanh(new Input("x", [Batch, Feature])).As("y");
        Assert.Equal(2, Steps(y - y.Sum([Batch])).Count);
    }

    static Program Norm(Axis feature)
    {
        Input x = new("x", [Batch, Time, feature]), upstream = new("upstream", [Batch, Time, feature]);
        Parameter weight = new("weight", [feature], Initializers.Constant(1)), bias = new("bias", [feature], Initializers.Constant(0));
        var y = LayerNorm(x, [feature], weight, bias);
        return Program.Of("norm", [y, .. Gradient.Of((y * upstream).Sum([Batch, Time, feature]), [x, weight, bias])]);
    }

    static IReadOnlyList<Step> Steps(params IReadOnlyList<Tensor> outputs) => LoopProgram.Of(Program.Of("test", outputs)).Steps;
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Programs;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Loops;

/// <summary>Which rows have the numbers that they need of themselves made before anything else.</summary>
public class RowStatisticsTests
{
    static readonly Axis Batch = new("batch", 6), Feature = new("feature", 24);

    static readonly Input X = new("x", [Batch, Feature]), Upstream = new("upstream", [Batch, Feature]), Weight = new("weight", [Feature]), Bias = new("bias", [Feature]);

    [Fact]
    public void Rows_that_wait_for_two_sums_are_finished_one_after_the_other()
    {
        Assert.Equal(1, LoopsOverRows(Norm(X)));
        Assert.Equal(1, LoopsOverRows(Softmax(X, [Feature]).As("y")));
    }

    [Fact]
    public void Rows_that_wait_for_three_have_the_first_two_made_before()
    {
        var nest = (NestStep)Assert.Single(WithGradient(X).Steps);
        var (statistics, rows) = ((For)nest.Statements[0], (For)nest.Statements[1]);
        Assert.Equal(["mean", "inverse_deviation"], statistics.Stored.Select(value => value.Name));
        Assert.Equal(["y", "x.grad"], rows.Stored.Select(value => value.Name));
    }

    [Fact]
    public void What_takes_long_to_make_is_made_once()
    {
        var formulas = WithGradient(Tanh(X)).Steps.OfType<NestStep>().SelectMany(nest => nest.All).Select(statement => statement.Value).OfType<Scalar>();
        Assert.Single(formulas.SelectMany(formula => formula.All).OfType<Apply>(), apply => apply.Function == ScalarFunction.Tanh);
    }

    static Tensor Norm(Tensor x) => LayerNorm(x, [Feature], Weight, Bias).As("y");

    static LoopProgram WithGradient(Tensor x)
    {
        var y = Norm(x);
        return Loops(y, Gradient.Of((y * Upstream).Sum([Batch, Feature]), [X])[0].As("x.grad"));
    }

    static int LoopsOverRows(Tensor y) => Assert.IsType<NestStep>(Assert.Single(Loops(y).Steps)).Statements.Count;

    static LoopProgram Loops(params Tensor[] outputs) => LoopProgram.Of(Program.Of("test", outputs));
}

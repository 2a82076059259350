using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Programs;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Loops;

/// <summary>Which products read a transposed operand where it lies, and which a copy of it.</summary>
public class ProductLoweringTests
{
    static readonly Axis Feature = new("feature", 96);
    static readonly Axis Label = new("label", 27);

    [Theory]
    [InlineData(24, false)]
    [InlineData(25, true)]
    public void Long_sums_of_few_rows_need_no_transposed_copy(int rows, bool copied)
    {
        var steps = Steps(Of("x", rows).Dot(Weight(), over: [Feature]));
        Assert.Equal(copied ? 1 : 0, steps.OfType<TransposeStep>().Count());
        Assert.Equal(copied, !Assert.Single(steps.OfType<ProductStep>()).IsInner);
    }

    [Fact]
    public void A_copy_that_serves_several_sums_is_made()
    {
        var weight = Weight();
        var steps = Steps(Of("x", 8).Dot(weight, over: [Feature]), Of("y", 8).Dot(weight, over: [Feature]));
        Assert.Single(steps.OfType<TransposeStep>());
        Assert.DoesNotContain(steps.OfType<ProductStep>(), product => product.IsInner);
    }

    [Fact]
    public void Weights_read_along_both_axes_are_not_copied_for_the_one_that_lies_across()
    {
        var weight = Weight();
        Input x = Of("x", 8), y = new("y", [new Axis("batch", 8), Label]);
        var steps = Steps(x.Dot(weight, over: [Feature]), y.Dot(weight, over: [Label]));
        Assert.Equal([true, false], steps.OfType<ProductStep>().Select(product => product.IsInner));
        Assert.Empty(steps.OfType<TransposeStep>());
    }

    [Fact]
    public void A_cheap_line_after_inner_products_stays_a_loop()
    {
        var steps = Steps(Relu(Of("x", 8).Dot(Weight(), over: [Feature])));
        Assert.Null(Assert.Single(steps.OfType<ProductStep>()).Epilogue);
        Assert.Single(steps.OfType<NestStep>());
    }

    static Input Of(string name, int rows) => new(name, [new Axis("batch", rows), Feature]);

    static Input Weight() => new("w", [Label, Feature]);

    static IReadOnlyList<Step> Steps(params IReadOnlyList<Tensor> outputs) => LoopProgram.Of(Program.Of("test", outputs)).Steps;
}

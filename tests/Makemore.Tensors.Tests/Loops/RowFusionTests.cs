using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Programs;
using Makemore.Testing;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Loops;

public class RowFusionTests
{
    static readonly Axis Batch = new("batch", 6), Time = new("time", 5), Past = new("past", 5), Feature = new("feature", 24);

    [Fact]
    public void A_softmax_is_one_loop_over_rows_and_stores_nothing_but_its_result()
    {
        var loops = Loops(Softmax(Causal(new Input("scores", [Batch, Time, Past]), Time, Past), [Past]).As("probs"));
        var step = Assert.IsType<NestStep>(Assert.Single(loops.Steps));
        Assert.Equal(["probs"], step.Written.Select(value => value.Name));
        Assert.Equal(0, loops.Memory.ScratchBytes);
    }

    [Fact]
    public void A_layer_norm_and_its_gradient_by_its_input_are_one_step_that_keeps_no_rows()
    {
        Input x = new("x", [Batch, Time, Feature]), upstream = new("upstream", [Batch, Time, Feature]), weight = new("weight", [Feature]), bias = new("bias", [Feature]);
        var y = LayerNorm(x, [Feature], weight, bias);
        var loops = Loops(y, Gradient.Of((y * upstream).Sum([Batch, Time, Feature]), [x])[0].As("x.grad"));
        Assert.All(Assert.Single(loops.Steps).Written.Except(loops.Program.Outputs), value => Assert.DoesNotContain(Feature, value.Shape));
    }

    [Fact]
    public void Rows_too_long_for_registers_are_kept_in_memory()
    {
        var wide = new Axis("wide", 100);
        Assert.NotEqual(0, Loops(Softmax(new Input("x", [Batch, wide]), [wide])).Memory.ScratchBytes);
    }

    [Fact]
    public void The_slope_of_a_GELU_is_made_where_the_GELU_is()
    {
        Input x = new("x", [Batch, Feature]), w = new("w", [Feature, Past]), y = new("y", [Batch, Past]);
        var loss = (Gelu(x).Dot(w, over: [Feature]) * y).Sum([Batch, Past]);
        var loops = Loops(loss, Gradient.Of(loss, [x])[0]);
        var step = Assert.Single(loops.Steps.OfType<NestStep>(), step => step.Assignments.Any(line => line.Target.Name == "slope"));
        Assert.Contains(step.Assignments, line => line.Target.Name == "gate");
        Assert.DoesNotContain(step.Written, value => value.Name == "gate");
    }

    [Fact]
    public void A_weights_gradient_stands_where_what_it_sums_was_just_made()
    {
        var steps = LoopProgram.Of(new LectureMlp().Training()).Steps.ToList();
        int Of(string target) => steps.FindIndex(step => step.Assignments.Any(line => line.Target.Name == target));
        Assert.InRange(Of("W2.grad"), Of("logits.grad") + 1, Of("preact.grad") - 1);
    }

    [Fact]
    public void A_product_stores_into_the_part_of_a_tensor_that_it_is_for()
    {
        Axis part = new("part", 2), half = new("half", 12);
        Input x = new("x", [Batch, Feature]), w = new("w", [half, Past]), y = new("y", [Batch, Past]);
        var parts = Tanh(x).As("h").Split(Feature, [part, half]);
        var loss = ((parts.At(part, 0).Dot(w, over: [half]) + (2 * parts.At(part, 1).Dot(w, over: [half]))) * y).Sum([Batch, Past]);
        var loops = Loops(Gradient.Of(loss, [x])[0]);
        Assert.Equal(2, loops.Steps.OfType<ProductStep>().Count(step => step.Result.Value.Name == "h.grad"));
    }

    [Fact]
    public void Transposed_copies_inside_of_a_batch_are_copies_of_blocks()
    {
        var head = new Axis("head", 16);
        Input query = new("query", [Batch, Time, head]), key = new("key", [Batch, Past, head]);
        var copy = Assert.Single(Loops(query.Dot(key, over: [head])).Steps.OfType<TransposeStep>());
        Assert.Equal((5, 16, "batch"), (copy.Rows, copy.Columns, Assert.Single(copy.Outer).Variable.Name));
    }

    static LoopProgram Loops(params IReadOnlyList<Tensor> outputs) => LoopProgram.Of(Program.Of("test", outputs));
}

using Makemore.Tensors.Backends.CSharp;
using Makemore.Tensors.Loops;
using Makemore.Testing;
using Xunit;

namespace Makemore.Tensors.Programs;

public class SelectionTests
{
    static readonly Program Step = new LectureMlp().Training();

    static readonly LoopProgram Loops = LoopProgram.Of(Step);

    [Fact]
    public void A_section_has_its_lines_and_no_others()
    {
        var whole = Step.ToString();
        var sections = Enum.GetValues<Section>().Select(section => Step.Print(new(section))).ToList();
        Assert.EndsWith(string.Join(Environment.NewLine, sections), whole);
        Assert.All(sections, section => Assert.DoesNotContain($"{Environment.NewLine}{Environment.NewLine}", section));
    }

    [Fact]
    public void A_tensor_has_the_lines_that_write_or_read_it() => Assert.Equal(
        ["b1", "preact"],
        Step.Assignments.Where(new Selection(Tensor: "b1").Includes).Select(line => line.Target.Name).Order().Distinct());

    [Fact]
    public void A_tensor_that_only_looks_up_an_index_is_read_too() =>
        Assert.Equal(["y", "target_logit", "logits.grad"], Step.Assignments.Where(new Selection(Tensor: "y").Includes).Select(line => line.Target.Name));

    [Fact]
    public void Both_together_are_the_lines_that_both_mean() =>
        Assert.Equal(["preact.grad", "W2.grad"], Step.Assignments.Where(new Selection(Section.Backward, "h").Includes).Select(line => line.Target.Name));

    [Fact]
    public void Steps_that_carry_out_a_chosen_line_are_shown_whole()
    {
        // The gradient of W1 lives and dies inside the product that updates W1.
        var text = Loops.Print(new(Tensor: "W1.grad"));
        Assert.StartsWith("// W1.grad[block,embed,hidden] = ", text);
        Assert.Equal(2, text.Split('\n').Count(line => line.StartsWith("//", StringComparison.Ordinal)));
    }

    [Fact]
    public void Copies_that_only_the_loops_have_can_be_asked_for() =>
        Assert.Contains("// W2.transposed", Loops.Print(new(Tensor: "W2.transposed")));

    [Fact]
    public void Chosen_csharp_has_the_methods_and_tensors_of_its_steps_only()
    {
        var source = CSharpWriter.Write(Loops, new Target("Vector256", 8), new(Section.Update));
        Assert.Contains("static void Step", source);
        Assert.DoesNotContain("tanh", source);
        Assert.DoesNotContain("var contexts", source);
    }

    [Theory]
    [InlineData("h.gard", "h.grad")]
    [InlineData("w1", "W1")]
    [InlineData("grad", "h.grad")]
    public void Near_names_begin_with_what_was_meant(string name, string nearest) =>
        Assert.Equal(nearest, NearNames.Of(name, Step.Assignments.Select(line => line.Target.Name).Order(StringComparer.Ordinal).Reverse())[0]);
}

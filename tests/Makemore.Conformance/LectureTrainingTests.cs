using System.Globalization;
using Makemore.Tensors.Roslyn;
using Makemore.Training;
using Xunit;

namespace Makemore;

/// <summary>Part 3's training of the MLP with Kaiming's initialisation, step for step as in the notebook.</summary>
public class LectureTrainingTests
{
    [Fact]
    public void Training_of_part_3_ends_at_the_notebooks_losses()
    {
        var trace = Lectures.Figure("part3", "loss traces of the stages").GetProperty("kaiming");
        var final = Lectures.Figure("part3", "loss log (markdown cell 11)").GetProperty("kaiming");
        var data = Lectures.Data;
        var options = new TrainingOptions();
        using var trainer = new Trainer(Lectures.Mlp(), data, options, RoslynCompiler.Backend);

        var losses = Enumerable.Range(0, options.Steps).Select(trainer.Step).ToArray();

        foreach (var printed in trace.EnumerateObject())
            Assert.Equal(printed.Value.GetDouble(), losses[int.Parse(printed.Name, CultureInfo.InvariantCulture)], 5e-4);
        var (train, dev) = trainer.Evaluate();
        Assert.Equal(final[0].GetDouble(), train, 1e-4);
        Assert.Equal(final[1].GetDouble(), dev, 1e-4);
    }
}

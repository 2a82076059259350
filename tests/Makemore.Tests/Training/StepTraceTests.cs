using Makemore.Tensors.Programs;
using Xunit;

namespace Makemore.Training;

public class StepTraceTests
{
    static readonly TrainingOptions Options = new() { Steps = 10, Batch = 8 };

    [Fact]
    public void First_step_is_the_one_that_a_training_begins_with()
    {
        using var training = new SmallTraining(Options);
        var lines = StepTrace.Of(training.Model, SmallTraining.Data, Options, trained: null);
        Assert.Equal(training.Trainer.Step(0), lines.Single(line => line.Assignment.Target.Name == "loss").Numbers.Mean, 1e-5);
        foreach (var parameter in training.Model.Parameters)
        {
            var updated = lines.Single(line => line.Assignment.Section == Section.Update && line.Assignment.Target.Name == parameter.Name).Numbers;
            Assert.Equal(training.Trainer.Storage.Read(parameter).Max(), updated.Maximum, 1e-5);
        }
    }

    [Fact]
    public void Trained_parameters_are_taken_instead_and_not_changed()
    {
        using var training = new SmallTraining(Options);
        training.Trainer.Run();
        var before = training.Weights;
        var trained = StepTrace.Of(training.Model, SmallTraining.Data, Options, training.Trainer.Storage);
        Assert.NotEqual(StepTrace.Of(training.Model, SmallTraining.Data, Options, trained: null)[^1].Numbers, trained[^1].Numbers);
        Assert.Equal(before, training.Weights);
    }

    [Fact]
    public void Only_a_line_that_ends_in_tanh_saturates()
    {
        using var training = new SmallTraining(Options);
        Assert.Equal(["h"], StepTrace.Of(training.Model, SmallTraining.Data, Options, trained: null).Where(line => line.Saturates).Select(line => line.Assignment.Target.Name));
    }
}

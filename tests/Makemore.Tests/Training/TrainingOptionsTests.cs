using Xunit;

namespace Makemore.Training;

public class TrainingOptionsTests
{
    [Fact]
    public void Learning_rates_have_equal_shares_of_the_steps()
    {
        var options = new TrainingOptions { Steps = 10, LearningRates = [0.1, 0.03, 0.01] };
        float[] expected = [0.1f, 0.1f, 0.1f, 0.1f, 0.03f, 0.03f, 0.03f, 0.01f, 0.01f, 0.01f];
        Assert.Equal(expected, Enumerable.Range(0, 10).Select(options.LearningRate));
    }

    [Fact]
    public void Defaults_are_the_lectures()
    {
        var options = new TrainingOptions();
        options.Validate();
        Assert.Equal((0.1f, 0.1f, 0.01f, 0.01f), (options.LearningRate(0), options.LearningRate(99_999), options.LearningRate(100_000), options.LearningRate(199_999)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(0.0)]
    [InlineData(-0.1)]
    [InlineData(1e-60)]
    [InlineData(1e60)]
    public void Learning_rate_that_is_no_positive_float_is_refused(double rate) =>
        Assert.Throws<MakemoreException>(new TrainingOptions { LearningRates = [rate] }.Validate);

    [Fact]
    public void More_learning_rates_than_steps_are_refused() =>
        Assert.Throws<MakemoreException>(new TrainingOptions { Steps = 1, LearningRates = [0.1, 0.01] }.Validate);

    [Theory]
    [InlineData(ScheduleKind.Constant, 0.4, 0.4, 0.4)]
    [InlineData(ScheduleKind.Step, 0.4, 0.2, 0.2)]
    [InlineData(ScheduleKind.Linear, 0.4, 0.3, 0.2)]
    [InlineData(ScheduleKind.Cosine, 0.4, 0.3, 0.2)]
    public void Schedules_go_from_the_first_rate_to_the_last(ScheduleKind schedule, double first, double middle, double last)
    {
        var options = new TrainingOptions { Steps = 1_000_000, LearningRates = [0.4, 0.2], Schedule = schedule };
        options.Validate();
        Assert.Equal(first, options.LearningRate(0), 1e-6);
        Assert.Equal(middle, options.LearningRate(500_000), 1e-6);
        Assert.Equal(last, options.LearningRate(999_999), 1e-6);
    }

    [Theory]
    [InlineData(ScheduleKind.Linear, 0.1)]
    [InlineData(ScheduleKind.Cosine, 0.05857864)]
    public void Schedules_of_one_rate_end_at_0(ScheduleKind schedule, double atThreeQuarters)
    {
        var options = new TrainingOptions { Steps = 1000, LearningRates = [0.4], Schedule = schedule };
        Assert.Equal(atThreeQuarters, options.LearningRate(750), 1e-6);
        Assert.InRange(options.LearningRate(999), 1e-9, 1e-3);
    }

    [Fact]
    public void Warm_up_grows_to_the_schedules_rate()
    {
        var options = new TrainingOptions { Steps = 100, LearningRates = [0.4], Warmup = 4 };
        float[] expected = [0.1f, 0.2f, 0.3f, 0.4f, 0.4f];
        Assert.Equal(expected, Enumerable.Range(0, 5).Select(step => MathF.Round(options.LearningRate(step), 6)));
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        Refused("a linear schedule", new() { LearningRates = [3, 2, 1], Schedule = ScheduleKind.Linear });
        Refused("warmup is 11; it must lie between 0 and 10", new() { Steps = 10, Warmup = 11 });
        Refused("momentum is 1; it must be at least 0 and below 1", new() { Optimizer = new() { Momentum = 1 } });
        Refused("nesterov needs a momentum above 0", new() { Optimizer = new() { Nesterov = true } });
        Refused("beta2 is NaN; it must be at least 0 and below 1", new() { Optimizer = new() { Beta2 = double.NaN } });
        Refused("weight decay is -1; it must lie between 0 and 1,000,000", new() { Optimizer = new() { WeightDecay = -1 } });
        Refused("clip is ", new() { Optimizer = new() { Clip = double.PositiveInfinity } });
        Refused("patience is -1", new() { Patience = -1 });

        static void Refused(string message, TrainingOptions options) => Assert.Contains(message, Assert.Throws<MakemoreException>(options.Validate).Message);
    }
}

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
}

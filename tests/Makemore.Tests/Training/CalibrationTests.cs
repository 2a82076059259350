using Xunit;

namespace Makemore.Training;

public class CalibrationTests
{
    [Theory]
    [InlineData(0, 100, 200)]
    [InlineData(1, 100, 60)]
    [InlineData(0, 100, 97)]
    [InlineData(2, 100, 80, 50)]
    [InlineData(1, 100, 50, 49)]
    public void The_fastest_way_stays_if_it_is_worth_what_it_takes(int expected, params int[] times)
    {
        var calibration = new Calibration(times.Length);
        var tried = new int[times.Length];
        while (!calibration.IsDone)
        {
            tried[calibration.Way]++;
            calibration.Add(times[calibration.Way]);
        }

        Assert.All(tried, count => Assert.Equal(Calibration.Block * Calibration.Rounds, count));
        Assert.Equal(expected, calibration.Way);
        calibration.Add(1_000_000);
        Assert.Equal(expected, calibration.Way);
    }

    [Fact]
    public void A_disturbed_turn_and_the_first_time_of_each_do_not_count()
    {
        var calibration = new Calibration(2);
        for (var i = 0; !calibration.IsDone; i++)
            calibration.Add(i % Calibration.Block == 0 ? 100_000 : calibration.Way == 0 ? 100 : i / Calibration.Block == 3 ? 50_000 : 50);
        Assert.Equal(1, calibration.Way);
    }

    [Fact]
    public void What_was_the_fastest_may_be_so_no_more()
    {
        var calibration = new Calibration(2);
        foreach (var (expected, times) in (IEnumerable<(int, int[])>)[(1, [100, 60]), (0, [100, 300]), (1, [100, 60])])
        {
            while (!calibration.IsDone)
                calibration.Add(times[calibration.Way]);
            Assert.Equal(expected, calibration.Way);
            calibration.Restart();
            Assert.False(calibration.IsDone);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(null)]
    public void A_training_has_the_same_bits_whatever_it_chooses(int? threads)
    {
        var options = new TrainingOptions { Steps = 6000, LearningRates = [0.1], Evaluations = 1 };
        using var alone = new SmallTraining(options);
        using var shared = new SmallTraining(options, threads: threads);
        Assert.Equal(alone.Trainer.Run().Losses, shared.Trainer.Run().Losses);
        Assert.Equal(alone.Weights, shared.Weights);
    }
}

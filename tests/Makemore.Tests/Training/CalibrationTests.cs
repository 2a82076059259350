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
    public void Every_step_has_the_same_bits_on_any_number_of_threads(int threads) => AssertSameBits(threads, steps => steps == 6000);

    [Fact]
    public void Every_step_has_the_same_bits_while_threads_are_tried_and_tried_again()
    {
        if (Environment.ProcessorCount == 1)
            Assert.Skip("one processor: there is nothing to be tried");
        var clock = new AskedTime();
        AssertSameBits(threads: null, _ => clock.Asked > 2 * TimesAskedForTwoWays, clock);
    }

    // Of a clock on which more threads are faster, and then, when somebody else needs a processor, slower.
    [Fact]
    public void Threads_that_have_become_slow_are_tried_again_at_once()
    {
        if (Environment.ProcessorCount == 1)
            Assert.Skip("one processor: there is nothing to be tried");
        var clock = new SharedProcessor();
        using var training = new SmallTraining(new() { Steps = 100_000_000, LearningRates = [0.1] }, threads: null, time: clock);
        var step = 0;
        while (!clock.IsCalibrated)
            training.Trainer.Step(step++);
        var asked = clock.Asked;
        for (var last = step + 1000; step < last; step++)
            training.Trainer.Step(step);
        Assert.InRange(clock.Asked - asked, 10, 20);
        clock.IsNeeded = true;
        for (var last = step + 200; step < last; step++)
            training.Trainer.Step(step);
        Assert.True(clock.Asked - asked > 100);
    }

    // Before and after each step that is timed.
    static int TimesAskedForTwoWays => 2 * 2 * Calibration.Block * Calibration.Rounds;

    static void AssertSameBits(int? threads, Func<int, bool> isEnough, TimeProvider? time = null)
    {
        var options = new TrainingOptions { Steps = 100_000_000, LearningRates = [0.1], Evaluations = 1 };
        using var alone = new SmallTraining(options);
        using var shared = new SmallTraining(options, threads: threads, time: time);
        for (var step = 0; !isEnough(step); step++)
            Assert.Equal(alone.Trainer.Step(step), shared.Trainer.Step(step));
        Assert.Equal(alone.Weights, shared.Weights);
    }

    sealed class AskedTime : TimeProvider
    {
        public int Asked { get; private set; }

        public override long GetTimestamp()
        {
            Asked++;
            return base.GetTimestamp();
        }
    }

    // It knows whose turn it is by how often it was asked: steps of all threads take half as long as others.
    sealed class SharedProcessor : TimeProvider
    {
        const int Step = 1000;

        static readonly int Ways = 1 + (int)Math.Ceiling(Math.Log2(Environment.ProcessorCount));

        long now;

        public int Asked { get; private set; }

        public bool IsNeeded { get; set; }

        public bool IsCalibrated => Asked >= 2 * Ways * Calibration.Block * Calibration.Rounds;

        public override long GetTimestamp()
        {
            var isOfAll = Asked / 2 / Calibration.Block % Ways == Ways - 1;
            now += IsCalibrated ? 64 * Step * (IsNeeded ? 10 : 1) : isOfAll ? Step : 2 * Step;
            Asked++;
            return now;
        }
    }
}

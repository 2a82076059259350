using Xunit;

namespace Makemore.Training;

/// <summary>What reports tell of batches.</summary>
public class ReporterTests
{
    [Fact]
    public void Beside_an_evaluation_stands_the_mean_of_all_batches_since_the_one_before_however_often_was_reported()
    {
        var reports = new List<TrainingProgress>();
        var reporter = new Reporter(steps: 4, TimeProvider.System, reports.Add);
        var evaluated = new Losses(1, 2);
        reporter.Add(5);
        reporter.Report(1, null);
        reporter.Add(3);
        reporter.Report(2, evaluated);
        reporter.Add(2);
        reporter.Add(1);
        reporter.Report(4, evaluated);
        Assert.Equal([5, 4, 1.5], reports.Select(report => report.BatchLoss));
    }

    [Theory]
    [InlineData(10, 9_000, 64)]
    [InlineData(400_000, 1, 1)]
    public void Reports_come_about_ten_times_a_second_however_long_a_step_is(int microseconds, int stepsApart, int slack)
    {
        var (time, steps) = (new ManualTime(), new List<int>());
        var reporter = new Reporter(steps: 100_000, time, progress => steps.Add(progress.Step));
        for (var step = 1; step <= 5 * stepsApart; step++)
        {
            time.Pass(TimeSpan.FromMicroseconds(microseconds));
            reporter.ReportIfDue(step, TimeSpan.FromMilliseconds(90));
        }

        Assert.InRange(steps.Count, 4, 5);
        Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, stepsApart, stepsApart + slack));
        Assert.True(time.Readings < (5 * stepsApart / 32) + 20);
    }

    [Fact]
    public void What_seems_to_take_for_ever_is_told_as_a_long_time()
    {
        var (time, remaining) = (new ManualTime(), TimeSpan.Zero);
        var reporter = new Reporter(steps: 1_000_000_000, time, progress => remaining = progress.Remaining);
        time.Pass(TimeSpan.FromDays(10));
        reporter.Report(2, null);
        Assert.True(remaining > TimeSpan.FromDays(1000));
    }

    sealed class ManualTime : TimeProvider
    {
        long now;

        public int Readings { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time) => now += time.Ticks;

        public override long GetTimestamp()
        {
            Readings++;
            return now;
        }
    }
}

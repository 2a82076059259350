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
}

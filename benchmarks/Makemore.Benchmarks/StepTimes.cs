using System.Diagnostics;

namespace Makemore.Benchmarks;

/// <summary>How long each of many equal steps took.</summary>
sealed class StepTimes
{
    readonly List<double> microseconds = [];

    /// <summary>The shortest, in microseconds: nothing was in the way.</summary>
    public double Minimum => microseconds.Min();

    /// <summary>The 10th percentile, in microseconds: what undisturbed steps take. The one to compare.</summary>
    public double Percentile10 => Percentile(0.1);

    /// <summary>The median, in microseconds: with all that other processes took away.</summary>
    public double Median => Percentile(0.5);

    /// <summary>Steps a second at the median.</summary>
    public double PerSecond => 1e6 / Median;

    /// <summary>The 10th percentile, to be read.</summary>
    public string Text => Read(Percentile10);

    /// <summary>A time to be read: in microseconds, or in milliseconds where there are many.</summary>
    public static string Read(double microseconds) => microseconds < 1000 ? $"{microseconds:F1} µs" : $"{microseconds / 1000:F2} ms";

    /// <summary>Adds times, in microseconds.</summary>
    public void Add(IEnumerable<double> times) => microseconds.AddRange(times);

    /// <summary>Runs steps and adds the time of each.</summary>
    public void Measure(Action step, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var began = Stopwatch.GetTimestamp();
            step();
            microseconds.Add(ExactTime.Since(began) * 1e6);
        }
    }

    /// <summary>Runs as many steps as some seconds hold, at least one, and adds the time of each.</summary>
    public void MeasureFor(Action step, double seconds)
    {
        var began = Stopwatch.GetTimestamp();
        do
            Measure(step, 1);
        while (ExactTime.Since(began) < seconds);
    }

    double Percentile(double share) => microseconds.Order().ElementAt((int)(share * (microseconds.Count - 1)));
}

namespace Makemore.Training;

/// <summary>How the learning rate changes over a training.</summary>
public enum ScheduleKind
{
    /// <summary>Each rate for an equal share of the steps.</summary>
    Step,

    /// <summary>The first rate throughout.</summary>
    Constant,

    /// <summary>From the first rate in a straight line to the second, or to 0.</summary>
    Linear,

    /// <summary>From the first rate along half a cosine to the second, or to 0 (Loshchilov and Hutter 2017).</summary>
    Cosine,
}

/// <summary>The rates of a schedule.</summary>
static class Schedule
{
    /// <summary>The learning rate of a step.</summary>
    /// <param name="kind">How it changes.</param>
    /// <param name="rates">The rates it changes between.</param>
    /// <param name="step">The step, counted from 0.</param>
    /// <param name="steps">All steps.</param>
    public static double Rate(ScheduleKind kind, IReadOnlyList<double> rates, int step, int steps)
    {
        var progress = (double)step / steps;
        var last = rates.Count > 1 ? rates[^1] : 0;
        return kind switch
        {
            ScheduleKind.Step => rates[(int)((long)step * rates.Count / steps)],
            ScheduleKind.Linear => rates[0] + ((last - rates[0]) * progress),
            ScheduleKind.Cosine => last + ((rates[0] - last) * (1 + Math.Cos(Math.PI * progress)) / 2),
            _ => rates[0],
        };
    }

    /// <summary>The share of its learning rate that a step has while the training warms up: 1/n, 2/n, … 1.</summary>
    /// <param name="step">The step, counted from 0.</param>
    /// <param name="steps">Steps of the warm-up.</param>
    public static double Warmth(int step, int steps) => step < steps ? (step + 1.0) / steps : 1;
}

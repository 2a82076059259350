namespace Makemore.Training;

/// <summary>
/// Tries learning rates from tiny to huge, growing by the same factor each step (Smith 2017, "Cyclical learning rates for training neural
/// networks"), until the loss blows up.
/// </summary>
public static class LearningRateFinder
{
    /// <summary>The least rate tried.</summary>
    public const double Least = 1e-5;

    /// <summary>The greatest rate tried.</summary>
    public const double Greatest = 10;

    /// <summary>How many rates are tried, one a step.</summary>
    public const int Steps = 3000;

    // Of the loss so far: one batch says little.
    const double Kept = 0.98;

    // A smoothed loss so many times the lowest has blown up.
    const double BlownUp = 1.5;

    /// <summary>Runs the sweep; the trainer is of no use afterwards.</summary>
    /// <param name="trainer">A training that has not begun.</param>
    /// <param name="report">Called after each step with how many there were.</param>
    /// <param name="cancellation">Ends the sweep early.</param>
    /// <returns>Rates in order, with the smoothed loss at each; all are finite. None where the sweep was over before its first step.</returns>
    public static IReadOnlyList<(double Rate, double Loss)> Sweep(Trainer trainer, Action<int>? report = null, CancellationToken cancellation = default)
    {
        var tried = new List<(double Rate, double Loss)>(Steps);
        var (mean, lowest) = (0.0, double.PositiveInfinity);
        for (var step = 0; step < Steps && !cancellation.IsCancellationRequested; step++)
        {
            var rate = Least * Math.Pow(Greatest / Least, step / (Steps - 1.0));
            mean = (Kept * mean) + ((1 - Kept) * trainer.StepAt(step, (float)rate));
            var loss = mean / (1 - Math.Pow(Kept, step + 1));
            if (!(loss <= BlownUp * lowest))
                break;
            lowest = Math.Min(lowest, loss);
            tried.Add((rate, loss));
            report?.Invoke(step + 1);
        }

        return tried;
    }

    /// <summary>A rate to begin with: that at which the loss was lowest, since greater ones undo more than they learn.</summary>
    /// <param name="tried">What the sweep found, at least one rate.</param>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static double Suggest(IReadOnlyList<(double Rate, double Loss)> tried) => tried.MinBy(point => point.Loss).Rate;
}

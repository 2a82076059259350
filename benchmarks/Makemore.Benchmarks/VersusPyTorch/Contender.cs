using System.Globalization;

namespace Makemore.Benchmarks.VersusPyTorch;

/// <summary>One way to do the step in PyTorch: how it is written, on how many threads.</summary>
sealed class Contender(PyTorchProcess process, string formulation)
{
    /// <summary>How it is written.</summary>
    public string Formulation => formulation;

    /// <summary>How it is written, on how many threads.</summary>
    public string Way => $"{formulation}, {process.Threads} {(process.Threads == 1 ? "thread" : "threads")}";

    /// <summary>Its name in a table.</summary>
    public string Name => $"PyTorch, {Way}";

    /// <summary>Its steps' times.</summary>
    public StepTimes Times { get; } = new();

    /// <summary>The losses of its first steps.</summary>
    public double[] FirstLosses(int count) => process.AskNumbers($"losses {formulation} {count}");

    /// <summary>Runs steps that do not count, for some seconds.</summary>
    public void WarmUp(double seconds) => Steps(seconds);

    /// <summary>Runs steps for some seconds and keeps their times.</summary>
    public void Measure(double seconds) => Times.Add(Steps(seconds));

    double[] Steps(double seconds) => process.AskNumbers(string.Create(CultureInfo.InvariantCulture, $"time {formulation} {seconds}"));
}

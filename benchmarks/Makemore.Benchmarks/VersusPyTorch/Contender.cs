using System.Globalization;

namespace Makemore.Benchmarks.VersusPyTorch;

/// <summary>One way to do the step in PyTorch: how it is written, on how many threads.</summary>
sealed class Contender(PyTorchProcess process, string formulation)
{
    /// <summary>How it is written.</summary>
    public string Formulation => formulation;

    /// <summary>How it is written, on how many threads.</summary>
    public string Way => $"{formulation}, {process.Threads}";

    /// <summary>Its name in a table.</summary>
    public string Name => $"PyTorch, {Way}";

    /// <summary>Its steps' times.</summary>
    public StepTimes Times { get; } = new();

    /// <summary>The losses of its first steps.</summary>
    public double[] FirstLosses(int count) => process.AskNumbers($"losses {formulation} {count}");

    /// <summary>Runs steps that do not count.</summary>
    /// <param name="amount">For so many seconds; or so many of them, where the script counts them.</param>
    public void WarmUp(double amount) => Steps(amount);

    /// <summary>Runs steps and keeps their times.</summary>
    /// <param name="amount">For so many seconds; or so many of them, where the script counts them.</param>
    public void Measure(double amount) => Times.Add(Steps(amount));

    double[] Steps(double amount) => process.AskNumbers(string.Create(CultureInfo.InvariantCulture, $"time {formulation} {amount}"));
}

namespace Makemore.Benchmarks.VersusPyTorch;

/// <summary>One way to do the step in PyTorch: how it is written, on how many threads.</summary>
sealed class Contender(PyTorchProcess process, string formulation)
{
    /// <summary>How it is written, on how many threads.</summary>
    public string Way => $"{formulation}, {process.Threads} {(process.Threads == 1 ? "thread" : "threads")}";

    /// <summary>Its name in a table.</summary>
    public string Name => $"PyTorch, {Way}";

    /// <summary>Its steps' times.</summary>
    public StepTimes Times { get; } = new();

    /// <summary>The losses of its first steps.</summary>
    public double[] FirstLosses(int count) => process.AskNumbers($"losses {formulation} {count}");

    /// <summary>Runs steps that do not count, and says how long they took, in microseconds.</summary>
    public double[] WarmUp(int count) => process.AskNumbers($"time {formulation} {count}");

    /// <summary>Runs steps and keeps their times.</summary>
    public void Measure(int count) => Times.Add(process.AskNumbers($"time {formulation} {count}"));
}

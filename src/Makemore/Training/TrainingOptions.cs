using Makemore.Models;
using Makemore.Text;

namespace Makemore.Training;

/// <summary>How a model is trained. The defaults are the lectures'.</summary>
public sealed record TrainingOptions
{
    /// <summary>Steps of gradient descent.</summary>
    public int Steps { get; init; } = 200_000;

    /// <summary>Examples a step.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Learning rates, which <see cref="Schedule"/> goes through: 0.1, and from the half on 0.01.</summary>
    public IReadOnlyList<double> LearningRates { get; init; } = [0.1, 0.01];

    /// <summary>How the learning rate changes.</summary>
    public ScheduleKind Schedule { get; init; }

    /// <summary>Steps at the beginning over which the learning rate grows to what the schedule says.</summary>
    public int Warmup { get; init; }

    /// <summary>How parameters move; plain gradient descent for runs that were saved before there was a choice.</summary>
    public OptimizerSettings Optimizer { get; init => field = value ?? new(); } = new();

    /// <summary>The seed of the parameters and of the batches; the default is the lectures'.</summary>
    public long Seed { get; init; } = 2147483647;

    /// <summary>How often the losses over the whole train and dev parts are measured, the end included.</summary>
    public int Evaluations { get; init; } = 10;

    /// <summary>How many evaluations may pass without a lower dev loss before the training ends early; 0 for as many as there are.</summary>
    public int Patience { get; init; }

    /// <summary>Whether the last parameters are kept, as in the lectures, and not those of the evaluation with the lowest dev loss.</summary>
    public bool KeepLast { get; init; }

    /// <summary>Whether, at the end, the statistics of the model's norms are measured over the whole train part, and those of the batches given up.</summary>
    public bool Calibrate { get; init; }

    /// <summary>The learning rate of a step, counted from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such step.</exception>
    public float LearningRate(int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, Steps);
        return (float)(Training.Schedule.Rate(Schedule, LearningRates, step, Steps) * Training.Schedule.Warmth(step, Warmup));
    }

    /// <summary>Checks that every option makes sense.</summary>
    /// <exception cref="MakemoreException">One does not; the message names it and its bounds.</exception>
    public void Validate()
    {
        Check("steps", Steps, 1, 1_000_000_000);
        Check("batch", Batch, 1, 65_536);
        Check("evaluations", Evaluations, 1, 1_000_000);
        Check("warmup", Warmup, 0, Steps);
        Check("patience", Patience, 0, 1_000_000);
        Optimizer.Validate();
        if (!Enum.IsDefined(Schedule))
            throw new MakemoreException($"there is no schedule {(int)Schedule}");
        if (Schedule is ScheduleKind.Linear or ScheduleKind.Cosine && LearningRates.Count > 2)
            throw new MakemoreException($"there are {LearningRates.Count} learning rates for a {Schedule.ToString().ToLowerInvariant()} schedule; give one or two, from and to");
        if (LearningRates.Count == 0 || LearningRates.Count > Steps)
            throw new MakemoreException($"there are {LearningRates.Count} learning rates for {Amount.Of(Steps, "step")}; give at least one, and no more than there are steps");
        foreach (var rate in LearningRates)
        {
            if (!((float)rate > 0 && float.IsFinite((float)rate)))
                throw new MakemoreException($"the learning rate is {rate}; as a 32-bit number it must be above 0 and at most 3.4E+38, such as 0.1");
        }
    }

    static void Check(string name, int value, int least, int most)
    {
        if (value < least || value > most)
            throw new MakemoreException($"{name} is {value}; it must lie between {least} and {most:N0}");
    }
}

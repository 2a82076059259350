namespace Makemore.Models.Layers;

/// <summary>
/// What a model's expressions are built for: a training step, where statistics are those of the batch, or use, where they are those kept
/// in training. It gathers what the model's norms see while they are built.
/// </summary>
public sealed class Pass
{
    readonly List<NormalizedValues> normalized = [];

    Pass(bool training) => IsTraining = training;

    /// <summary>Whether the expressions are those of a training step.</summary>
    public bool IsTraining { get; }

    /// <summary>What was normalised, in the order in which it is computed.</summary>
    public IReadOnlyList<NormalizedValues> Normalized => normalized;

    /// <summary>For a training step.</summary>
    public static Pass Training() => new(training: true);

    /// <summary>For evaluation and sampling.</summary>
    public static Pass Evaluation() => new(training: false);

    /// <summary>Tells what a norm sees.</summary>
    public void Add(NormalizedValues values) => normalized.Add(values);
}

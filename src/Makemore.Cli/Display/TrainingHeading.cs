using Makemore.Text;
using Makemore.Training;

namespace Makemore.Cli.Display;

/// <summary>What is about to be trained.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Data">What it learns.</param>
/// <param name="Parameters">How many numbers are learned.</param>
/// <param name="Options">How.</param>
sealed record TrainingHeading(string Model, TrainingData Data, long Parameters, TrainingOptions Options)
{
    /// <summary>What is learned from: <c>names: 32,178 lines of 26 characters</c>.</summary>
    public static string Of(TrainingData data) => $"{data.Corpus.Source}: {Amount.Of(data.Split.Lines, data.Kind == SplitKind.Unique ? "different line" : "line")} of {Amount.Of(data.Vocabulary.Count - 1, "character")}";

    /// <summary>The heading in one line.</summary>
    public override string ToString() =>
        $"{Model} ({Parameters:N0} parameters) learns {Of(Data)}; "
        + $"{Amount.Of(Options.Steps, "step")} of {Amount.Of(Options.Batch, "example")}, {Optimizer}lr {string.Join(", ", Options.LearningRates)}, seed {Options.Seed}";

    string Optimizer => Options.Optimizer.Kind == OptimizerKind.Sgd ? "" : $"{Options.Optimizer.Kind}, ";
}

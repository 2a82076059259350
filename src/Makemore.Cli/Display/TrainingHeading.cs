using Makemore.Training;

namespace Makemore.Cli.Display;

/// <summary>What is about to be trained.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Data">What it learns.</param>
/// <param name="Parameters">How many numbers are learned.</param>
/// <param name="Options">How.</param>
sealed record TrainingHeading(string Model, TrainingData Data, long Parameters, TrainingOptions Options)
{
    /// <summary>The heading in one line.</summary>
    public override string ToString() =>
        $"{Model} ({Parameters:N0} parameters) learns {Data.Corpus.Source}: {Data.Corpus.Lines.Count:N0} lines of {Data.Vocabulary.Count - 1:N0} characters; "
        + $"{Options.Steps:N0} steps of {Options.Batch:N0} examples, {Optimizer}lr {string.Join(", ", Options.LearningRates)}, seed {Options.Seed}";

    string Optimizer => Options.Optimizer.Kind == OptimizerKind.Sgd ? "" : $"{Options.Optimizer.Kind}, ";
}

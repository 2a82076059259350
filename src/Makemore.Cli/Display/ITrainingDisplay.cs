using Makemore.Training;

namespace Makemore.Cli.Display;

/// <summary>Shows a training while it runs.</summary>
interface ITrainingDisplay
{
    /// <summary>Runs a training and shows how far it has come.</summary>
    /// <param name="train">The training; it is given what takes its reports.</param>
    /// <returns>What came of it.</returns>
    TrainingResult Show(Func<Action<TrainingProgress>, TrainingResult> train);
}

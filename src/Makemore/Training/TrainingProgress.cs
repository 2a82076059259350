namespace Makemore.Training;

/// <summary>How far a training has come.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps asked for.</param>
/// <param name="BatchLoss">The mean loss of the batches since the last report, or where whole parts were measured, since they last were; in nats a character.</param>
/// <param name="Losses">The losses over the whole parts, where they were just measured.</param>
/// <param name="StepsPerSecond">Steps a second since the last report, evaluations not counted; 0 while unknown.</param>
/// <param name="Elapsed">Time since the start.</param>
/// <param name="Remaining">Time that the rest will take at this speed.</param>
public sealed record TrainingProgress(int Step, int Steps, double BatchLoss, Losses? Losses, double StepsPerSecond, TimeSpan Elapsed, TimeSpan Remaining);

/// <summary>Mean cross-entropy over whole parts of the data, in nats a character.</summary>
/// <param name="Train">Over the examples learned from.</param>
/// <param name="Dev">Over the examples held out to choose settings by.</param>
public sealed record Losses(double Train, double Dev);

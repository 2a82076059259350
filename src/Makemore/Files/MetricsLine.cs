using System.Text.Json;
using Makemore.Training;

namespace Makemore.Files;

/// <summary>One line of <c>metrics.jsonl</c>: the losses at a step.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Train">The mean loss over the train part, in nats a character.</param>
/// <param name="Dev">The mean loss over the dev part, in nats a character.</param>
public sealed record MetricsLine(int Step, double Train, double Dev)
{
    /// <summary>The line of a report with losses.</summary>
    public static MetricsLine Of(int step, Losses losses) => new(step, losses.Train, losses.Dev);

    /// <inheritdoc/>
    public override string ToString() => JsonSerializer.Serialize(this, LineJson.Default.MetricsLine);
}

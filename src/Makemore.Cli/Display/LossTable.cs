using System.Text;
using Makemore.Text;
using Makemore.Training;

namespace Makemore.Cli.Display;

/// <summary>A model's losses beside those of simpler ways to predict a character, and how much of the dev part was seen in training.</summary>
static class LossTable
{
    /// <summary>The table as text.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="data">What it learned.</param>
    /// <param name="losses">How well.</param>
    public static string Of(string model, TrainingData data, Losses losses)
    {
        (string Name, double Loss)[] rows =
        [
            ($"guessing: all {data.Vocabulary.Count:N0} characters alike", Baselines.Guessing(data)),
            ("a table of bigram counts, on dev", Baselines.Bigrams(data)),
            ($"{model}, on train", losses.Train),
            ($"{model}, on dev", losses.Dev),
        ];
        var width = rows.Max(row => row.Name.Length);
        var text = new StringBuilder();
        text.Append($"{"loss".PadRight(width)}  nats/char  perplexity\n");
        foreach (var (name, loss) in rows)
            text.Append($"{name.PadRight(width)}  {Number(loss, "F4"),9}  {Number(Math.Exp(loss), "F2"),10}\n");
        var (known, dev) = (data.Split.KnownDevLines, data.Split.Dev.Count);
        text.Append($"of the {Amount.Of(dev, "line")} of dev, {known:N0} ({100.0 * known / dev:F1} %) {(known == 1 ? "stands" : "stand")} in train too\n");
        return text.ToString();
    }

    // A training that blew up has losses of many digits, none of which says anything.
    static string Number(double value, string format) => value.ToString(value < 1e6 ? format : "E2");
}

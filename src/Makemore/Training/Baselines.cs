using Makemore.Models;
using Makemore.Text;

namespace Makemore.Training;

/// <summary>What simpler predictors lose on the same data: what a model's loss is to be compared with.</summary>
public static class Baselines
{
    /// <summary>The loss of calling every character, and the end, equally likely: ln V nats a character.</summary>
    public static double Guessing(TrainingData data) => Math.Log(data.Vocabulary.Count);

    /// <summary>
    /// The loss on the dev part of a table of counts, as in lecture part 1: which token follows which in the train part, the end
    /// marker included, with 1 added to each count so that nothing is impossible.
    /// </summary>
    /// <param name="data">The data.</param>
    /// <returns>Nats a character.</returns>
    public static double Bigrams(TrainingData data)
    {
        Examples Pairs(IEnumerable<string> lines) => Examples.Of(lines, data.Vocabulary, block: 1);
        return new BigramCounts(GramCounts.Of(Pairs(data.Split.Train), .., data.Vocabulary.Count, order: 2), smoothing: 1).MeanLoss(Pairs(data.Split.Dev), ..);
    }
}

using System.Runtime.InteropServices;
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
        // Few of the pairs that a large alphabet allows ever occur.
        var pairs = new Dictionary<(int Previous, int Next), int>();
        var firsts = new int[data.Vocabulary.Count];
        foreach (var pair in Pairs(data.Examples, data.Train))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(pairs, pair, out _)++;
            firsts[pair.Previous]++;
        }

        var (sum, count) = (0.0, 0);
        foreach (var pair in Pairs(data.Examples, data.Dev))
        {
            sum -= Math.Log((pairs.GetValueOrDefault(pair) + 1.0) / (firsts[pair.Previous] + data.Vocabulary.Count));
            count++;
        }

        return sum / count;
    }

    static IEnumerable<(int Previous, int Next)> Pairs(Examples examples, Range part)
    {
        var (first, length) = part.GetOffsetAndLength(examples.Count);
        for (var example = first; example < first + length; example++)
            yield return (examples.Contexts[((example + 1) * examples.Block) - 1], examples.Targets[example]);
    }
}

using Makemore.Models;
using Makemore.Text;

namespace Makemore.Training;

/// <summary>A corpus made ready: its vocabulary, its split, and all examples in one table, those of each part together.</summary>
public sealed class TrainingData
{
    /// <summary>Splits a corpus and makes its examples.</summary>
    /// <param name="corpus">What to learn from.</param>
    /// <param name="block">Characters of context.</param>
    /// <param name="split">How to divide it.</param>
    /// <param name="lines">Whether an example is a whole line, of <paramref name="block"/> positions, and not a context.</param>
    /// <exception cref="MakemoreException">The corpus has too few lines for the split.</exception>
    public TrainingData(Corpus corpus, int block, SplitKind split = SplitKind.Lecture, bool lines = false)
    {
        Corpus = corpus;
        Vocabulary = Vocabulary.Of(corpus);
        Kind = split;
        Split = Split.Of(corpus, split);
        string[] all = [.. Split.Train, .. Split.Dev, .. Split.Test];
        Examples = lines ? Examples.OfLines(all, Vocabulary, block) : Examples.Of(all, Vocabulary, block);
        var train = lines ? Split.Train.Count : Count(Split.Train);
        var dev = train + (lines ? Split.Dev.Count : Count(Split.Dev));
        (Train, Dev, Test) = (..train, train..dev, dev..Examples.Count);
    }

    /// <summary>The lines.</summary>
    public Corpus Corpus { get; }

    /// <summary>Their characters.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>How the lines were divided.</summary>
    public SplitKind Kind { get; }

    /// <summary>The lines in their parts.</summary>
    public Split Split { get; }

    /// <summary>The examples of all parts.</summary>
    public Examples Examples { get; }

    /// <summary>The data that a model learns from.</summary>
    /// <param name="corpus">The lines.</param>
    /// <param name="settings">The model, its block set.</param>
    /// <param name="split">How to divide the lines.</param>
    /// <exception cref="MakemoreException">The model is unknown, or the corpus has too few lines for the split.</exception>
    public static TrainingData For(Corpus corpus, ModelSettings settings, SplitKind split = SplitKind.Lecture) =>
        new(corpus, ModelCatalog.Block(settings), split, ModelCatalog.LearnsLines(settings.Model));

    /// <summary>Where the examples to learn from lie.</summary>
    public Range Train { get; }

    /// <summary>Where the examples to choose settings by lie.</summary>
    public Range Dev { get; }

    /// <summary>Where the examples to judge by lie.</summary>
    public Range Test { get; }

    /// <summary>A model of counts that has learned the train part.</summary>
    /// <param name="settings">Which model, its order and smoothing; the data must have been made for it.</param>
    /// <exception cref="MakemoreException">The model is unknown or not made of counts, or a size is out of bounds.</exception>
    public CountModel Counted(ModelSettings settings) => ModelCatalog.Create(settings, GramCounts.Of(Examples, Train, Vocabulary.Count, ModelCatalog.Block(settings) + 1));

    /// <summary>The losses of a model of counts over the whole train and dev parts.</summary>
    public Losses LossesOf(CountModel model) => new(model.MeanLoss(Examples, Train), model.MeanLoss(Examples, Dev));

    static int Count(IReadOnlyList<string> lines)
    {
        var count = lines.Count;
        foreach (var line in lines)
        {
            foreach (var _ in line.EnumerateRunes())
                count++;
        }

        return count;
    }
}

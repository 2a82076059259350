using Makemore.Tensors.Running;

namespace Makemore.Text;

/// <summary>
/// A corpus in three parts: 80 % to learn from, 10 % to choose settings by, 10 % to judge the result by.
/// </summary>
/// <param name="Train">The lines to learn from.</param>
/// <param name="Dev">The lines to choose settings by, such as when to stop.</param>
/// <param name="Test">The lines to judge the result by, once.</param>
public sealed record Split(IReadOnlyList<string> Train, IReadOnlyList<string> Dev, IReadOnlyList<string> Test)
{
    /// <summary>The fewest lines that leave one for each part.</summary>
    public const int FewestLines = 6;

    /// <summary>Shuffles the lines of a corpus and cuts them in three.</summary>
    /// <remarks>
    /// Just as the lectures: <c>random.seed(42); random.shuffle(words)</c> in Python, cut at <c>int(0.8 * n)</c> and
    /// <c>int(0.9 * n)</c> (<c>makemore_part2_mlp.ipynb</c>).
    /// </remarks>
    /// <param name="corpus">The corpus.</param>
    /// <param name="seed">The seed of the order; 42 is the lectures'.</param>
    /// <returns>The three parts; together they hold every line of the corpus once.</returns>
    /// <exception cref="MakemoreException">The corpus has fewer than six lines.</exception>
    public static Split Of(Corpus corpus, long seed)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        var count = corpus.Lines.Count;
        if (count < FewestLines)
        {
            throw new MakemoreException(
                $"'{corpus.Source}' has {count} lines, too few for parts of 80, 10 and 10 %; give at least {FewestLines}");
        }

        string[] lines = [.. corpus.Lines];
        new PythonRandom(seed).Shuffle<string>(lines);
        var (first, second) = ((int)(0.8 * count), (int)(0.9 * count));
        return new(lines[..first], lines[first..second], lines[second..]);
    }
}

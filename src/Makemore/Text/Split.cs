using Makemore.Tensors.Running;

namespace Makemore.Text;

/// <summary>A corpus in parts: lines to learn from, lines to choose settings by, and lines to judge the result by.</summary>
/// <param name="Train">The lines to learn from.</param>
/// <param name="Dev">The lines to choose settings by, such as when to stop.</param>
/// <param name="Test">The lines to judge the result by, once; makemore.py has none.</param>
public sealed record Split(IReadOnlyList<string> Train, IReadOnlyList<string> Dev, IReadOnlyList<string> Test)
{
    /// <summary>The fewest lines that leave one for each of three parts.</summary>
    public const int FewestLines = 6;

    /// <summary>The fewest lines of which a tenth is one.</summary>
    public const int FewestOfMakemore = 10;

    /// <summary>The seed of the lectures' order.</summary>
    public const long LectureSeed = 42;

    /// <summary>The seed of makemore.py's order, its default.</summary>
    public const long MakemoreSeed = 3407;

    const int MostHeldOut = 1000;

    /// <summary>How many lines all parts have.</summary>
    public int Lines => Train.Count + Dev.Count + Test.Count;

    /// <summary>How many lines of <see cref="Dev"/> stand in <see cref="Train"/> too.</summary>
    public int KnownDevLines
    {
        get
        {
            var known = Train.ToHashSet(StringComparer.Ordinal);
            return Dev.Count(known.Contains);
        }
    }

    /// <summary>Divides a corpus.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="kind">How.</param>
    /// <returns>The parts; together they hold every line of the corpus once, or for <see cref="SplitKind.Unique"/> every different line.</returns>
    /// <exception cref="MakemoreException">The corpus has too few lines.</exception>
    public static Split Of(Corpus corpus, SplitKind kind) => kind switch
    {
        SplitKind.Makemore => Makemore(corpus, MakemoreSeed),
        SplitKind.Unique => Unique(corpus, LectureSeed),
        _ => Lecture(corpus, LectureSeed),
    };

    /// <summary>Shuffles the lines of a corpus and cuts them in three: 80, 10 and 10 %.</summary>
    /// <remarks>
    /// Just as the lectures: <c>random.seed(42); random.shuffle(words)</c> in Python, cut at <c>int(0.8 * n)</c> and
    /// <c>int(0.9 * n)</c> (<c>makemore_part2_mlp.ipynb</c>).
    /// </remarks>
    /// <param name="corpus">The corpus.</param>
    /// <param name="seed">The seed of the order.</param>
    /// <exception cref="MakemoreException">The corpus has fewer than six lines.</exception>
    public static Split Lecture(Corpus corpus, long seed)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        return Lecture([.. corpus.Lines], $"'{corpus.Source}' has {Amount.Of(corpus.Lines.Count, "line")}", seed);
    }

    /// <summary>The lectures' split of the lines that are left when each is kept only where it stands first.</summary>
    /// <inheritdoc cref="Lecture(Corpus, long)" path="/param"/>
    /// <exception cref="MakemoreException">Fewer than six lines are left.</exception>
    public static Split Unique(Corpus corpus, long seed)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        string[] lines = [.. corpus.Lines.Distinct(StringComparer.Ordinal)];
        return Lecture(lines, $"'{corpus.Source}' has {Amount.Of(lines.Length, "different line")}", seed);
    }

    /// <summary>Holds out the last lines of a random order: a tenth of all, and at most 1,000.</summary>
    /// <remarks>Just as <c>create_datasets</c> of makemore.py: <c>torch.manual_seed(seed); torch.randperm(len(words))</c>.</remarks>
    /// <inheritdoc cref="Lecture(Corpus, long)" path="/param"/>
    /// <exception cref="MakemoreException">The corpus has fewer than ten lines.</exception>
    public static Split Makemore(Corpus corpus, long seed)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        var count = corpus.Lines.Count;
        if (count < FewestOfMakemore)
            throw new MakemoreException($"'{corpus.Source}' has {Amount.Of(count, "line")}, too few to hold out a tenth; give at least {FewestOfMakemore}");
        string[] lines = [.. new TorchRandom(seed).RandPerm(count).Select(place => corpus.Lines[place])];
        var held = Math.Min(MostHeldOut, (int)(count * 0.1));
        return new(lines[..^held], lines[^held..], []);
    }

    static Split Lecture(string[] lines, string what, long seed)
    {
        var count = lines.Length;
        if (count < FewestLines)
            throw new MakemoreException($"{what}, too few for parts of 80, 10 and 10 %; give at least {FewestLines}");
        new PythonRandom(seed).Shuffle<string>(lines);
        var (first, second) = ((int)(0.8 * count), (int)(0.9 * count));
        return new(lines[..first], lines[first..second], lines[second..]);
    }
}

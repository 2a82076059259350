namespace Makemore.Text;

/// <summary>A way to divide a corpus.</summary>
public enum SplitKind
{
    /// <summary>80, 10 and 10 % of the shuffled lines, as in the lectures.</summary>
    Lecture,

    /// <summary>The last 1,000 of a permutation (at most a tenth) are held out, as in makemore.py.</summary>
    Makemore,

    /// <summary>As in the lectures, after repeated lines were removed: no line stands in two parts.</summary>
    Unique,
}

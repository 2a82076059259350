using Makemore.Tensors.Axes;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>
/// One way to divide a step among threads: into pieces, of which each thread takes neighbours. Every element is made wholly by one
/// thread, in the order in which one thread alone would make it, so its bits do not depend on the number of threads.
/// </summary>
/// <param name="Cut">What is cut.</param>
/// <param name="Label">The axes that are cut, for those who read.</param>
/// <param name="Pieces">Into how many pieces; the same number is cut into the same parts in every step.</param>
/// <param name="Size">Turns of the loop, rows or columns in a piece.</param>
/// <param name="Turns">All of them; the last piece may have fewer than the others.</param>
/// <param name="Bounded">The bounded axis that says how many turns and pieces there are in a run, in proportion; null where there are always as many.</param>
/// <param name="Stretches">
/// For the values of which piece n touches no places but those from n·stretch to (n+1)·stretch: the stretch. Where two steps have the
/// same pieces and stretch, what a thread reads of the value in one is what it wrote itself in the other.
/// </param>
public sealed record Division(Cut Cut, string Label, int Pieces, int Size, int Turns, Axis? Bounded, IReadOnlyDictionary<Value, int> Stretches)
{
    /// <summary>Places that are divided where nothing asks for other pieces: a cache line, and the widest vector.</summary>
    public const int Unit = MemoryPlan.Alignment / sizeof(float);

    /// <summary>The whole step on one thread.</summary>
    public static Division Whole { get; } = new(Cut.Nothing, "", 1, 1, 1, null, new Dictionary<Value, int>());

    /// <summary>Whether all pieces are of the same size, in every run.</summary>
    public bool IsEven => Turns == Pieces * Size && (Bounded is null || Pieces % Bounded.Length == 0);

    /// <summary>Whether every piece begins and ends where a vector does.</summary>
    public bool HasWholeVectors => Size % Unit == 0 && (IsEven || (Turns % Unit == 0 && Bounded is null));

    /// <summary>Whether another division has the same pieces, in every run.</summary>
    public bool HasPiecesOf(Division other) =>
        Pieces == other.Pieces && Bounded == other.Bounded && (Bounded is null || (IsEven ? other.IsEven : Size == other.Size && Turns == other.Turns));

    /// <inheritdoc/>
    public override string ToString() => Cut switch { Cut.Nothing => "on one thread", Cut.Columns => $"columns {Label}", _ => $"rows {Label}" };
}

/// <summary>What of a step is cut.</summary>
public enum Cut
{
    /// <summary>Nothing: one thread does it all.</summary>
    Nothing,

    /// <summary>The outermost loop.</summary>
    Loop,

    /// <summary>The rows of a product; those of the result of a transposed copy.</summary>
    Rows,

    /// <summary>The columns of a product.</summary>
    Columns,
}

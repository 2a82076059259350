using Makemore.Tensors.Loops;

namespace Makemore.Tensors.Backends.CSharp;

/// <summary>What a thread does of a step, in C#: everything, or the pieces between two variables.</summary>
/// <param name="Division">How the step is divided; null where it is not.</param>
/// <param name="Pieces">The pieces' first, and the one behind their last.</param>
/// <param name="AllTurns">How many turns all threads have together.</param>
sealed record Part(Division? Division, (string First, string Behind) Pieces, string AllTurns)
{
    /// <summary>Everything.</summary>
    public static Part All { get; } = new(null, ("", ""), "");

    /// <summary>The turns of the divided loop as two arguments; none where nothing is divided.</summary>
    public IEnumerable<string> Range => Division is null ? [] : [Turn(Pieces.First), Turn(Pieces.Behind)];

    /// <summary>The row and the column of a product with which the part begins; null where it is no product or not divided.</summary>
    public (string Row, string Column)? Corner => Division?.Cut switch
    {
        Cut.Rows => (Turn(Pieces.First), "0"),
        Cut.Columns => ("0", Turn(Pieces.First)),
        _ => null,
    };

    /// <summary>Where a loop begins and ends, if that is what is divided.</summary>
    public (string Begin, string End) Turns(string length) => Division?.Cut == Cut.Loop ? (Turn(Pieces.First), Turn(Pieces.Behind)) : ("0", length);

    /// <summary>How many rows or columns there are, if those are what is divided.</summary>
    public string Length(Cut cut, string all) => Division?.Cut != cut ? all
        : Division.IsEven ? Times($"({Pieces.Behind} - {Pieces.First})", Division.Size)
        : $"{Turn(Pieces.Behind)} - {Turn(Pieces.First)}";

    /// <summary>What is added to an address to reach the first row or column, if those are what is divided and the address moves with them.</summary>
    public string From(Cut cut, int stride) => Division?.Cut != cut || stride == 0 ? ""
        : Division.IsEven ? $" + {Times(Pieces.First, Division.Size * stride)}"
        : $" + {Times(Turn(Pieces.First), stride)}";

    string Turn(string piece) => Division!.IsEven ? Times(piece, Division.Size) : $"Math.Min({Times(piece, Division.Size)}, {AllTurns})";

    static string Times(string text, int factor) => factor == 1 ? SourceText.Bare(text) : $"{text} * {factor}";
}

namespace Makemore.Tensors.Loops;

/// <summary>The places of a value that a piece of a step touches.</summary>
/// <param name="Start">Where the first piece begins.</param>
/// <param name="Piece">How far the next one is from it; 0 where every piece may touch all.</param>
/// <param name="Last">The last place of a piece, from where it begins.</param>
readonly record struct Reach(int Start, int Piece, long Last)
{
    /// <summary>Any place.</summary>
    public static Reach Unknown => default;

    /// <summary>Whether no piece reaches into the next one.</summary>
    public bool IsApart => Piece > 0 && Last < Piece;

    /// <summary>Whether the pieces are stretches of one length, from the value's first place on.</summary>
    public bool IsStretch => Piece > 0 && Start >= 0 && Start + Last < Piece;
}

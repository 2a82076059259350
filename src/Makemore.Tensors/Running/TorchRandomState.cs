namespace Makemore.Tensors.Running;

/// <summary>Everything that decides what a <see cref="TorchRandom"/> will draw next, as plain values that any serializer can write.</summary>
/// <param name="Words">The state of the Mersenne Twister, <c>[624]</c>.</param>
/// <param name="Position">How many words of the current block are used, 0 to 624.</param>
/// <param name="CachedNormal">The second normal of the last pair, if it still waits to be used.</param>
public sealed record TorchRandomState(IReadOnlyList<uint> Words, int Position, double? CachedNormal)
{
    /// <summary>Whether two states will draw the same numbers.</summary>
    /// <param name="other">The other state.</param>
    /// <returns>Whether all three values are equal, the words one by one.</returns>
    public bool Equals(TorchRandomState? other) =>
        other is not null
        && Position == other.Position
        && Nullable.Equals(CachedNormal, other.CachedNormal)
        && Words.SequenceEqual(other.Words);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Position, CachedNormal, Words.Count > 0 ? Words[0] : 0);
}

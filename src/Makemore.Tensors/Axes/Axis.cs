namespace Makemore.Tensors.Axes;

/// <summary>A named direction of a tensor and its length. Axes meet by name, never by position.</summary>
/// <remarks>Two axes of one name and different lengths never meet in one expression: that is a <see cref="ShapeException"/>.</remarks>
public sealed record Axis
{
    /// <summary>An axis called <paramref name="name"/> of <paramref name="length"/> elements.</summary>
    /// <exception cref="ArgumentException">The name is not an identifier, or the length is less than 1.</exception>
    public Axis(string name, int length)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!char.IsLetter(name[0]) || !name.All(c => char.IsLetterOrDigit(c) || c == '_'))
            throw new ArgumentException($"axis name '{name}' is not a letter followed by letters, digits or '_'", nameof(name));
        if (length < 1)
            throw new ArgumentOutOfRangeException(nameof(length), length, $"axis '{name}' needs a length of at least 1");
        Name = name;
        Length = length;
    }

    /// <summary>An axis of which each run says how long it is, from 0 up to a bound: the rows of a batch, the characters that are there.</summary>
    /// <remarks>
    /// Memory is laid out for the bound and loops stop at the length of the moment. Elements beyond it do not exist: nothing reads them.
    /// Along such an axis no single elements are picked, cut or joined; it may take the place of an axis of fixed length (a slice that begins
    /// at 0, a part of a split), and be placed into one (merged, padded), where what does not exist is the number around it.
    /// </remarks>
    /// <exception cref="ArgumentException">The name is not an identifier, or the bound is less than 1.</exception>
    public static Axis UpTo(string name, int bound) => new(name, bound) { LengthName = name };

    /// <summary>An axis of which each run says how long it is, and which is never longer than another: the lines that reach a position, among those that reach the one before.</summary>
    /// <remarks>It may take the place of the longer one, as of an axis of fixed length: what is cut off is what lies behind its end.</remarks>
    /// <exception cref="ArgumentException">The name is not an identifier.</exception>
    public static Axis Within(string name, Axis longer) => UpTo(name, longer.Length) with { Longer = longer.Bounded };

    /// <summary>The name by which axes meet.</summary>
    public string Name { get; private init; }

    /// <summary>How many elements lie along the axis; where it is bounded, the most.</summary>
    public int Length { get; }

    /// <summary>Whether each run says how long the axis is, up to <see cref="Length"/>.</summary>
    public bool IsBounded => LengthName is not null;

    /// <summary>The name of the length that a run sets; null where the length is fixed.</summary>
    public string? LengthName { get; private init; }

    /// <summary>The bounded axis whose length is at no moment less than this one's; null where only the bound is known.</summary>
    public Axis? Longer { get; private init; }

    /// <summary>The bounded axis whose length this one has: itself, unless it is another name for it; null where the length is fixed.</summary>
    public Axis? Bounded => LengthName is { } name ? this with { Name = name } : null;

    /// <summary>An axis of another name that is as long, at every moment: the keys of an attention, whose queries are the rows.</summary>
    public Axis Called(string name) => new(name, Length) { LengthName = LengthName, Longer = Longer };

    /// <summary>Whether the other axis is as long, at every moment.</summary>
    public bool IsAsLongAs(Axis other) => Length == other.Length && LengthName == other.LengthName;

    /// <summary>Whether the other axis, a bounded one, is as long or longer at every moment.</summary>
    internal bool IsWithin(Axis other) => IsAsLongAs(other) || Longer?.IsWithin(other) == true;

    /// <summary>The length as messages have it.</summary>
    internal string LengthText => $"{(IsBounded ? "up to " : "")}{Length}{(LengthName == Name || !IsBounded ? "" : $" as '{LengthName}'")}";

    /// <inheritdoc/>
    public override string ToString() => !IsBounded ? $"{Name}={Length}" : LengthName == Name ? $"{Name}≤{Length}" : $"{Name}=|{LengthName}|≤{Length}";
}

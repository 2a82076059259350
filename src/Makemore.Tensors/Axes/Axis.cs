namespace Makemore.Tensors.Axes;

/// <summary>A named direction of a tensor and its length. Axes meet by name, never by position.</summary>
/// <remarks>Two axes of one name and different lengths never meet in one expression: that is a <see cref="ShapeException"/>.</remarks>
public sealed record Axis
{
    readonly int length;
    readonly OpenLength? open;

    /// <summary>An axis called <paramref name="name"/> of <paramref name="length"/> elements.</summary>
    /// <exception cref="ArgumentException">The name is not an identifier, or the length is less than 1.</exception>
    public Axis(string name, int length)
        : this(name, length, open: null)
    {
        if (length < 1)
            throw new ArgumentOutOfRangeException(nameof(length), length, $"axis '{name}' needs a length of at least 1");
    }

    Axis(string name, int length, OpenLength? open)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!char.IsLetter(name[0]) || !name.All(c => char.IsLetterOrDigit(c) || c == '_'))
            throw new ArgumentException($"axis name '{name}' is not a letter followed by letters, digits or '_'", nameof(name));
        (Name, this.length, this.open) = (name, length, open);
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

    /// <summary>An axis whose length is not known yet; <see cref="Meets"/> fixes it.</summary>
    internal static Axis Open(string name, OpenLength length) => new(name, 0, length);

    /// <summary>The name by which axes meet.</summary>
    public string Name { get; private init; }

    /// <summary>How many elements lie along the axis; where it is bounded, the most.</summary>
    /// <exception cref="ShapeException">It is an axis of a parameter that does not state it, and nothing has fixed it yet.</exception>
    public int Length => open?.Length ?? length;

    /// <summary>Whether nothing has fixed the length yet.</summary>
    internal bool IsOpen => open is { IsOpen: true };

    /// <summary>Whether each run says how long the axis is, up to <see cref="Length"/>.</summary>
    public bool IsBounded => LengthName is not null;

    /// <summary>The name of the length that a run sets; null where the length is fixed.</summary>
    public string? LengthName { get; private init; }

    /// <summary>The bounded axis whose length is at no moment less than this one's; null where only the bound is known.</summary>
    public Axis? Longer { get; private init; }

    /// <summary>The bounded axis whose length this one has: itself, unless it is another name for it; null where the length is fixed.</summary>
    public Axis? Bounded => LengthName is { } name ? this with { Name = name } : null;

    /// <summary>An axis of another name that is as long, at every moment: the keys of an attention, whose queries are the rows.</summary>
    public Axis Called(string name) => new(name, length, open) { LengthName = LengthName, Longer = Longer };

    /// <summary>Whether the other axis is as long, at every moment.</summary>
    public bool IsAsLongAs(Axis other) => HasLengthOf(other) && LengthName == other.LengthName;

    /// <summary>Whether this axis and another of its name are one. Where the length of one is open yet, they become so.</summary>
    internal bool Meets(Axis other)
    {
        if (IsBounded || other.IsBounded)
            return this == other;
        switch (IsOpen, other.IsOpen)
        {
            case (true, true):
                open!.Join(other.open!);
                break;
            case (true, false):
                open!.Fix(other.Length);
                break;
            case (false, true):
                other.open!.Fix(Length);
                break;
        }

        return this == other;
    }

    /// <summary>Whether the other axis, a bounded one, is as long or longer at every moment.</summary>
    internal bool IsWithin(Axis other) => IsAsLongAs(other) || Longer?.IsWithin(other) == true;

    /// <summary>The length as messages have it.</summary>
    internal string LengthText => IsOpen ? "not fixed yet" : $"{(IsBounded ? "up to " : "")}{Length}{(LengthName == Name || !IsBounded ? "" : $" as '{LengthName}'")}";

    /// <summary>Of a length that was open: whose axis it was, and the line that fixed it; otherwise null.</summary>
    internal string? Origin => open?.Description;

    /// <inheritdoc/>
    public bool Equals(Axis? other) => ReferenceEquals(this, other)
        || (other is not null && Name == other.Name && LengthName == other.LengthName && HasLengthOf(other) && Longer == other.Longer);

    /// <summary>Of the names only: an open length becomes known later.</summary>
    public override int GetHashCode() => HashCode.Combine(Name, LengthName);

    /// <inheritdoc/>
    public override string ToString() => IsOpen ? $"{Name}=?" : !IsBounded ? $"{Name}={Length}" : LengthName == Name ? $"{Name}≤{Length}" : $"{Name}=|{LengthName}|≤{Length}";

    bool HasLengthOf(Axis other) => open is null && other.open is null ? length == other.length
        : IsOpen || other.IsOpen ? open is not null && other.open is not null && open.IsSame(other.open)
        : Length == other.Length;
}

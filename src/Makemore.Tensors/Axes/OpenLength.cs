namespace Makemore.Tensors.Axes;

/// <summary>The length of an axis that a parameter does not state and its first use did not fix: the first axis that it meets and that has a length fixes it.</summary>
/// <param name="parameter">The parameter's name.</param>
/// <param name="axis">What the axis is called there.</param>
/// <param name="origin">What the parameter states, and the lines of its declaration and its use.</param>
sealed class OpenLength(string parameter, string axis, string origin)
{
    // Two open lengths that have met are one.
    OpenLength? same;
    int? length;
    string? line;

    /// <summary>Whether nothing has fixed it yet.</summary>
    public bool IsOpen => Root.length is null;

    /// <summary>The length.</summary>
    /// <exception cref="ShapeException">Nothing has fixed it yet.</exception>
    public int Length => Root.length ?? throw new ShapeException($"nothing has fixed the axis '{axis}' of '{parameter}' yet: {origin} ({CallersLine.Find()})");

    /// <summary>Whose axis it is, and which line fixed it.</summary>
    public string Description => Root.line is { } fixedIn ? $"axis '{axis}' of '{parameter}', fixed in {fixedIn}" : $"axis '{axis}' of '{parameter}', open yet";

    OpenLength Root => same?.Root ?? this;

    /// <summary>Whether both are one length.</summary>
    public bool IsSame(OpenLength other) => ReferenceEquals(Root, other.Root);

    /// <summary>Fixes it.</summary>
    public void Fix(int fixedLength)
    {
        Root.line = CallersLine.Find();
        Root.length = fixedLength;
    }

    /// <summary>Makes this one and another, both open, one.</summary>
    public void Join(OpenLength other)
    {
        if (!IsSame(other))
            other.Root.same = Root;
    }
}

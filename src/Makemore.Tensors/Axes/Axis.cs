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

    /// <summary>The name by which axes meet.</summary>
    public string Name { get; }

    /// <summary>How many elements lie along the axis.</summary>
    public int Length { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}={Length}";
}

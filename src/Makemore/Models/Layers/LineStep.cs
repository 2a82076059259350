using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Models.Layers;

/// <summary>
/// One step along lines that are made side by side: each has one more character, and a model recalls what it kept of those before. The lines
/// are at positions of their own, since a line that ended is replaced at once by a new one.
/// </summary>
public sealed class LineStep
{
    readonly Axis positions;
    readonly Dictionary<string, Parameter> recalled = [];
    readonly List<Update> updates = [];

    /// <summary>A step of so many lines.</summary>
    /// <param name="vocab">The characters and the end marker.</param>
    /// <param name="positions">The characters that a model sees.</param>
    /// <param name="lines">How many lines go side by side.</param>
    public LineStep(Axis vocab, Axis positions, int lines)
    {
        this.positions = positions;
        Batch = new("batch", lines);
        Character = new("character", [Batch], vocab);
        Window = new("x", [Batch, positions], vocab);
        Line = new("line", [Batch, positions], vocab);
        Position = new("position", [Batch], positions);
    }

    /// <summary>The lines.</summary>
    public Axis Batch { get; }

    /// <summary>Each line's new character: [batch]. The first is the marker.</summary>
    public IndexInput Character { get; }

    /// <summary>The last characters of each line, the new one last; before the line began, markers: [batch, positions].</summary>
    public IndexInput Window { get; }

    /// <summary>Each line from its marker on, or its end if it is longer: [batch, positions]. What stands behind <see cref="Position"/> means nothing.</summary>
    public IndexInput Line { get; }

    /// <summary>Where in the line the new character stands, the marker at 0: [batch], pointing into the positions.</summary>
    public IndexInput Position { get; }

    /// <summary><see cref="Position"/> as a number.</summary>
    public Tensor Number => PositionAlong(positions)[Position];

    /// <summary>What the step leaves for the next.</summary>
    public IReadOnlyList<Update> Updates => updates;

    /// <summary>What was kept under a name when the line had one character less, or what a line starts with.</summary>
    /// <param name="name">The name.</param>
    /// <param name="start">What is recalled where a line begins: […] or [batch, …].</param>
    /// <returns>[batch, …].</returns>
    public Tensor Recall(string name, Tensor start)
    {
        var kept = Kept(name, [Batch, .. start.Shape.Without([Batch])]);
        recalled.Add(name, kept);
        return Where(Equal(Position, 0), start, kept);
    }

    /// <summary>Keeps what the next step recalls.</summary>
    /// <param name="name">The name under which it was recalled.</param>
    /// <param name="value">Of the axes of what was recalled.</param>
    public void Keep(string name, Tensor value) => updates.Add(new(recalled[name], value));

    /// <summary>Values of all positions up to this one: keys and values of an attention.</summary>
    /// <param name="name">What they are called.</param>
    /// <param name="value">This position's: [batch, …].</param>
    /// <param name="shape">The axes of the value and one for the positions, in the order in which they are kept.</param>
    /// <returns>Of that shape. What stands behind this position is a number that means nothing.</returns>
    public Tensor Past(string name, Tensor value, Shape shape)
    {
        var (kept, past) = (Kept(name, shape), shape.Without(value.Shape).Single());
        updates.Add(new(kept, Position.PointingInto(past), value));
        return Where(Equal(PositionAlong(past), Position), value, kept);
    }

    static Parameter Kept(string name, Shape shape) => new(name, shape, Initializers.Constant(0));
}

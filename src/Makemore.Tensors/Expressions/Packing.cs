using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Expressions;

/// <summary>
/// Two ways to lay lines that differ in length: side by side, [batch, time], with places where no character is; or packed, [row], every
/// character behind the one before. What treats every character by itself computes packed what is there and nothing else; only what looks
/// along a line, as attention does, wants lines side by side.
/// </summary>
public sealed class Packing
{
    readonly IReadOnlyList<Tensor> places;
    readonly Tensor? rows, exists;
    readonly Lazy<Packing> trimmed;
    readonly IReadOnlyList<Axis> reaching;

    /// <summary>The rows of some lines. Every row has a place of its own, and every place where something exists has a row.</summary>
    /// <param name="places">Where each row stands, along each of the packed axes: [row], pointing into batch, and [row], pointing into time.</param>
    /// <param name="rows">The row of each place: [batch, time], pointing into row; any where nothing exists.</param>
    /// <param name="exists">1 where there is a row, otherwise 0: [batch, time], in any order.</param>
    /// <param name="longest">How many positions the longest of the lines has in a run; null where that does not matter.</param>
    /// <param name="reaching">The lines that reach each position, where those stand before the others: batch, then <see cref="Axis.Within"/> the one before; null where they do not.</param>
    /// <exception cref="ShapeException">The places and the rows do not point at each other.</exception>
    public Packing(IReadOnlyList<Tensor> places, Tensor rows, Tensor exists, Axis? longest = null, IReadOnlyList<Axis>? reaching = null)
    {
        (this.places, this.rows, this.reaching) = (places, rows, reaching ?? []);
        ShapeErrors.CheckHas(rows, places.Select(place => Into(place)));
        foreach (var place in places)
            ShapeErrors.CheckHas(place, [Into(rows)]);
        this.exists = exists.Permute(rows.Shape);
        trimmed = new(() => longest is null ? this : TrimmedTo(longest));
    }

    Packing() => (places, trimmed, reaching) = ([], new(() => this), []);

    /// <summary>No packing: lines side by side, with everything computed at every place.</summary>
    public static Packing None { get; } = new();

    /// <summary>The same rows, whose lines lie side by side only as far as the longest of them reaches: [batch, longest].</summary>
    public Packing Trimmed => trimmed.Value;

    /// <summary>The positions of lines side by side: the last of the packed axes; those given where nothing is packed.</summary>
    public Axis Positions(Axis time) => places is [.., var last] ? Into(last) : time;

    /// <summary>What there is of the lines that reach a position; of all, where these do not stand before the others.</summary>
    /// <param name="x">[batch, …], or [lines, …] of those that reach a position before it; what is alike for all lines stays as it is.</param>
    /// <param name="position">The position.</param>
    public Tensor Reaching(Tensor x, int position) => x.Shape.FirstOrDefault(reaching.Contains) is { } lines ? x.Slice(lines, 0, reaching[position]) : x;

    /// <summary>What there is of some lines among all of them, and 0 for the others: the adjoint of <see cref="Reaching"/>.</summary>
    /// <param name="x">[lines, …].</param>
    /// <returns>[batch, …].</returns>
    public Tensor AmongAll(Tensor x) => x.Shape.FirstOrDefault(reaching.Contains) is { } lines ? x.Pad(lines, 0, 0, reaching[0]) : x;

    /// <summary>The elements of every row: y[row, …] = x[batch of row, time of row, …].</summary>
    /// <param name="x">[batch, time, …]; also with only some of the packed axes, for what is alike along the others.</param>
    public Tensor Pack(Tensor x) => Called(x, Packed(x), "packed");

    /// <summary>Packed elements at their places, and 0 where nothing exists: the adjoint of <see cref="Pack"/>.</summary>
    /// <param name="packed">[row, …].</param>
    /// <returns>[batch, time, …].</returns>
    /// <exception cref="ShapeException">What is packed has no rows.</exception>
    public Tensor Unpack(Tensor packed) => Called(packed, Unpacked(packed), "unpacked");

    Packing TrimmedTo(Axis longest)
    {
        var time = Into(places[^1]);
        return new([.. places.SkipLast(1), places[^1].PointingInto(longest)], rows!.Slice(time, 0, longest), exists!.Slice(time, 0, longest));
    }

    // Every row has one place and the other way round: so both gradients pick elements, and none has to be added up.
    Tensor Packed(Tensor x)
    {
        List<Tensor> picking = [.. places.Where(place => x.Shape.Contains(Into(place)))];
        var picked = picking.Aggregate(x, Gather.Of);
        return picking.Count == places.Count && picking.Count > 0 && x.Type == ElementType.Number
            ? WithGradient(picked, [x], (_, upstream) => [Unpacked(upstream)])
            : picked;
    }

    Tensor Unpacked(Tensor packed) => rows is null
        ? packed
        : WithGradient(Where(exists!, packed[rows], 0), [packed], (_, upstream) => [Packed(upstream)]);

    static Tensor Called(Tensor x, Tensor moved, string how) => moved != x && x.Name is { } name ? moved.As($"{name}.{how}") : moved;

    static Axis Into(Tensor positions) => positions.Into ?? throw ShapeErrors.Of($"'{positions.Description}' holds numbers, where positions are needed");
}

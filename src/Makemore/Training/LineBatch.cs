using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Running;
using Makemore.Text;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Training;

/// <summary>Lines that a program takes. What stands behind a line's end is not computed: the positions that count are packed, those of the first line before those of the second.</summary>
/// <remarks>Where their number is fixed, as in training, the longest stand first, so that those that reach a position stand before the others.</remarks>
public sealed class LineBatch : Batch
{
    readonly Axis time, longest;
    readonly IndexInput lineOf, timeOf, rowOf;
    readonly int[] lines, times, rows, sorted;
    readonly Axis[] reaching = [];

    /// <summary>Lines that are taken together.</summary>
    /// <param name="example">All lines.</param>
    /// <param name="examples">Those taken together; where that is bounded, each run takes as many as it is given.</param>
    /// <param name="time">The positions of a line.</param>
    /// <param name="positions">The most positions that count in all of them together, at least those of one line.</param>
    /// <param name="length">How many count in each line: [example].</param>
    public LineBatch(Axis example, Axis examples, Axis time, int positions, Input length)
        : base(example, examples)
    {
        (this.time, longest, Row) = (time, Axis.UpTo("longest", time.Length), Axis.UpTo("row", positions));
        (lineOf, timeOf, rowOf) = (new("line_of", [Row], examples), new("time_of", [Row], time), new("row_of", [examples, time], Row));
        (lines, times, rows, sorted) = (new int[positions], new int[positions], new int[rowOf.Shape.Elements], new int[examples.Length]);
        if (!examples.IsBounded)
        {
            reaching = [examples, .. new Axis[time.Length - 1]];
            for (var position = 1; position < reaching.Length; position++)
                reaching[position] = Axis.Within($"lines{position}", reaching[position - 1]);
        }

        Packing = new([lineOf, timeOf], rowOf, PositionAlong(time) < length[Numbers].As("length"), longest, reaching);
    }

    /// <summary>The positions that count, up to as many as there may be.</summary>
    public Axis Row { get; }

    /// <inheritdoc/>
    public override Packing Packing { get; }

    /// <inheritdoc/>
    public override int Fitting(Examples table, int from)
    {
        var (count, positions) = (0, 0);
        while (count < base.Fitting(table, from) && (positions += table.Lengths![from + count]) <= Row.Length)
            count++;
        return count;
    }

    /// <inheritdoc/>
    public override void Write(Storage storage, AxisLengths lengths, Examples table, ReadOnlySpan<int> numbers)
    {
        if (reaching.Length > 0)
            numbers = LongestFirst(lengths, table, numbers);
        base.Write(storage, lengths, table, numbers);
        var (count, most) = (0, 0);
        Array.Clear(rows);
        for (var line = 0; line < numbers.Length; line++)
        {
            var length = table.Lengths![numbers[line]];
            var timesOfLine = times.AsSpan(count, length);
            var rowsOfLine = rows.AsSpan(line * time.Length, length);
            for (var position = 0; position < length; position++)
                (timesOfLine[position], rowsOfLine[position]) = (position, count + position);
            lines.AsSpan(count, length).Fill(line);
            (count, most) = (count + length, Math.Max(most, length));
        }

        lengths[Row] = count;
        lengths.TrySet(longest, most);
        storage.Write(lineOf, lines.AsSpan(..count));
        storage.Write(timeOf, times.AsSpan(..count));
        storage.Write(rowOf, rows.AsSpan(..(numbers.Length * time.Length)));
    }

    // Counted, and then laid out: lines of one length stay in their order.
    ReadOnlySpan<int> LongestFirst(AxisLengths lengths, Examples table, ReadOnlySpan<int> numbers)
    {
        Span<int> reach = stackalloc int[time.Length + 1];
        reach.Clear();
        foreach (var number in numbers)
            reach[table.Lengths![number] - 1]++;
        for (var position = time.Length - 1; position > 0; position--)
            reach[position - 1] += reach[position];
        for (var position = 1; position < reaching.Length; position++)
            lengths.TrySet(reaching[position], reach[position]);

        // Before a line stand those that are longer, which reach the position behind its end.
        foreach (var number in numbers)
            sorted[reach[table.Lengths![number]]++] = number;
        return sorted.AsSpan(..numbers.Length);
    }
}

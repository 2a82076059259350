using System.Globalization;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Testing;

/// <summary>An einsum of <c>einsum.cases</c>, a file that <c>einsum.py</c> writes: the notation, the operands, and what NumPy says of them.</summary>
sealed class EinsumCase
{
    readonly Dictionary<string, string> lines;

    readonly int number;

    EinsumCase(string block, int number)
    {
        this.number = number;
        lines = block.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToDictionary(line => line.Split(' ')[0], line => line.Length > 9 ? line[9..] : "");
    }

    /// <summary>All cases.</summary>
    public static IReadOnlyList<EinsumCase> All { get; } =
        [.. File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "tests", "Shared", "einsum.cases")).ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select((block, i) => new EinsumCase(block, i + 1))];

    /// <summary>The operands, of other names in every case.</summary>
    public IReadOnlyList<Input> Operands => field ??= [.. lines["axes"].Split(',').Select((axes, i) => new Input($"{"xyzw"[i]}{number}", ShapeOf(axes)))];

    /// <summary>What is tested.</summary>
    public Tensor Einsum => lines.TryGetValue("sum", out var notation)
        ? Functions.Einsum(notation, Given, [.. Operands])
        : EinsumMax(lines["max"], Given, [.. Operands]);

    /// <summary>The lengths of the result's axes.</summary>
    public IEnumerable<int> Lengths => lines["lengths"].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);

    /// <summary>The elements of the result.</summary>
    public IEnumerable<double> Result => lines["result"].Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture));

    Shape Given => ShapeOf(lines.GetValueOrDefault("given", ""));

    /// <summary>The elements of an operand, as <c>einsum.py</c> has them.</summary>
    public IEnumerable<double> Elements(int operand) =>
        Enumerable.Range(0, Operands[operand].Shape.Elements).Select(i => ((((7 * i) + (5 * operand) + (i / 5)) % 13) - 6) / 4.0);

    /// <inheritdoc/>
    public override string ToString() => $"case {number}: " + string.Join(" | ", lines.Where(line => line.Key != "result").Select(line => $"{line.Key} {line.Value}"));

    static Shape ShapeOf(string axes) =>
        [.. axes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(axis => axis.Split('=')).Select(axis => new Axis(axis[0], int.Parse(axis[1], CultureInfo.InvariantCulture)))];
}

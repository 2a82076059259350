namespace Makemore.Tensors.Formulas;

public sealed partial class ScalarFunction
{
    /// <summary>1 where x = y, otherwise 0 (Iverson's bracket).</summary>
    public static ScalarFunction Equal { get; } = Comparison("equal", "=", (x, y) => x == y);

    /// <summary>1 where x ≠ y, otherwise 0.</summary>
    public static ScalarFunction NotEqual { get; } = Comparison("notEqual", "≠", (x, y) => x != y);

    /// <summary>1 where x &lt; y, otherwise 0.</summary>
    public static ScalarFunction Less { get; } = Comparison("less", "<", (x, y) => x < y);

    /// <summary>1 where x ≤ y, otherwise 0.</summary>
    public static ScalarFunction LessOrEqual { get; } = Comparison("lessOrEqual", "≤", (x, y) => x <= y);

    /// <summary>1 where x > y, otherwise 0.</summary>
    public static ScalarFunction Greater { get; } = Comparison("greater", ">", (x, y) => x > y);

    /// <summary>1 where x ≥ y, otherwise 0.</summary>
    public static ScalarFunction GreaterOrEqual { get; } = Comparison("greaterOrEqual", "≥", (x, y) => x >= y);

    /// <summary>Whether the function compares two numbers, or two positions along axes: 1 where that holds, otherwise 0.</summary>
    public bool IsComparison { get; private init; }

    static ScalarFunction Comparison(string name, string sign, Func<double, double, bool> holds) =>
        new(name, 2, new($"[{{0}} {sign} {{1}}]", Notation.Atom, [Notation.Sum, Notation.Sum]), a => holds(a[0], a[1]) ? 1 : 0, null) { IsComparison = true };
}

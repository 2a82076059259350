namespace Makemore.Tensors.Formulas;

public sealed partial class ScalarFunction
{
    /// <summary>1 where x = y, otherwise 0 (Iverson's bracket).</summary>
    public static ScalarFunction Equal { get; } = new(
        "equal", 2, new("[{0} = {1}]", Notation.Atom, [Notation.Sum, Notation.Sum]), a => a[0] == a[1] ? 1 : 0, null);

    /// <summary>1 where x ≥ y, otherwise 0.</summary>
    public static ScalarFunction GreaterOrEqual { get; } = new(
        "greaterOrEqual", 2, new("[{0} ≥ {1}]", Notation.Atom, [Notation.Sum, Notation.Sum]), a => a[0] >= a[1] ? 1 : 0, null);

    /// <summary>The larger of two; NaN where one is. Where both are equal the first has the whole gradient.</summary>
    public static ScalarFunction Maximum { get; } = new(
        "maximum", 2, Notation.Call("max", 2), a => Math.Max(a[0], a[1]),
        i => i == 0 ? GreaterOrEqual.Of(X, Y) : Subtract.Of(Number(1), GreaterOrEqual.Of(X, Y)));
}

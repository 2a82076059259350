namespace Makemore.Tensors.Formulas;

public sealed partial class ScalarFunction
{
    /// <summary>y where x is not 0, otherwise z. What is not chosen does not matter, not even a NaN; what is chosen has the gradient.</summary>
    public static ScalarFunction Where { get; } = new(
        "where", 3, new("{0} ? {1} : {2}", Notation.Choice, [Notation.Sum, Notation.Sum, Notation.Choice]), a => a[0] != 0 ? a[1] : a[2],
        i => i == 0 ? null : Where!.Of(X, Number(i == 1 ? 1 : 0), Number(i == 1 ? 0 : 1)));

    /// <summary>The larger of two; NaN where one is. Where both are equal the first has the whole gradient.</summary>
    public static ScalarFunction Maximum { get; } = new(
        "maximum", 2, Notation.Call("max", 2), a => Math.Max(a[0], a[1]), i => i == 0 ? GreaterOrEqual.Of(X, Y) : Less.Of(X, Y));

    /// <summary>The smaller of two; NaN where one is. Where both are equal the first has the whole gradient.</summary>
    public static ScalarFunction Minimum { get; } = new(
        "minimum", 2, Notation.Call("min", 2), a => Math.Min(a[0], a[1]), i => i == 0 ? LessOrEqual.Of(X, Y) : Greater.Of(X, Y));

    /// <summary>The larger of x and 0; NaN where x is. At 0 the derivative is 0, as PyTorch has it.</summary>
    public static ScalarFunction Relu { get; } = new(
        "relu", 1, new("max(0, {0})", Notation.Atom, [0]), a => Math.Max(0, a[0]), _ => Greater.Of(Result, Number(0)));

    /// <summary>x without its sign. At 0 the derivative is 0, as PyTorch has it.</summary>
    public static ScalarFunction Absolute { get; } = new(
        "absolute", 1, new("|{0}|", Notation.Atom, [0]), a => Math.Abs(a[0]), _ => Subtract.Of(Greater.Of(X, Number(0)), Less.Of(X, Number(0))));
}

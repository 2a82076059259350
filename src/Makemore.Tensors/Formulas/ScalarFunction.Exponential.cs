namespace Makemore.Tensors.Formulas;

public sealed partial class ScalarFunction
{
    /// <summary>eˣ.</summary>
    public static ScalarFunction Exp { get; } = new("exp", 1, Notation.Call("exp", 1), a => Math.Exp(a[0]), _ => Result);

    /// <summary>The natural logarithm.</summary>
    public static ScalarFunction Log { get; } = new("log", 1, Notation.Call("log", 1), a => Math.Log(a[0]), _ => Divide.Of(Number(1), X));

    /// <summary>The hyperbolic tangent.</summary>
    public static ScalarFunction Tanh { get; } = new(
        "tanh", 1, Notation.Call("tanh", 1), a => Math.Tanh(a[0]), _ => Subtract.Of(Number(1), Multiply.Of(Result, Result)));

    /// <summary>The logistic function 1/(1 + e⁻ˣ).</summary>
    public static ScalarFunction Sigmoid { get; } = new(
        "sigmoid", 1, Notation.Call("σ", 1), a => 1 / (1 + Math.Exp(-a[0])), _ => Multiply.Of(Result, Subtract.Of(Number(1), Result)));

    /// <summary>The square root.</summary>
    public static ScalarFunction Sqrt { get; } = new("sqrt", 1, Notation.Call("√", 1), a => Math.Sqrt(a[0]), _ => Divide.Of(Number(0.5), Result));
}

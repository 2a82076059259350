using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Backends.CSharp;

/// <summary>How each scalar function is written in C#: for one number, and for a vector (<c>V</c> stands for the vector class).</summary>
static class FunctionTable
{
    static readonly Dictionary<ScalarFunction, string> Masks = new()
    {
        [ScalarFunction.Equal] = "V.Equals({0}, {1})",
        [ScalarFunction.NotEqual] = "~V.Equals({0}, {1})",
        [ScalarFunction.Less] = "V.LessThan({0}, {1})",
        [ScalarFunction.LessOrEqual] = "V.LessThanOrEqual({0}, {1})",
        [ScalarFunction.Greater] = "V.GreaterThan({0}, {1})",
        [ScalarFunction.GreaterOrEqual] = "V.GreaterThanOrEqual({0}, {1})",
    };

    static readonly Dictionary<ScalarFunction, (string Scalar, string Vector)> Texts = new()
    {
        [ScalarFunction.Add] = ("({0} + {1})", "({0} + {1})"),
        [ScalarFunction.Subtract] = ("({0} - {1})", "({0} - {1})"),
        [ScalarFunction.Multiply] = ("({0} * {1})", "({0} * {1})"),
        [ScalarFunction.Divide] = ("({0} / {1})", "({0} / {1})"),
        [ScalarFunction.Negate] = ("(-{0})", "(-{0})"),
        [ScalarFunction.Exp] = ("VectorMath.Exp({0})", "VectorMath.Exp({0})"),
        [ScalarFunction.Log] = ("VectorMath.Log({0})", "VectorMath.Log({0})"),
        [ScalarFunction.Tanh] = ("VectorMath.Tanh({0})", "VectorMath.Tanh({0})"),
        [ScalarFunction.Sqrt] = ("MathF.Sqrt({0})", "V.Sqrt({0})"),
        [ScalarFunction.Sigmoid] = ("VectorMath.Sigmoid({0})", "VectorMath.Sigmoid({0})"),
        [ScalarFunction.Maximum] = ("MathF.Max({0}, {1})", "V.Max({0}, {1})"),
        [ScalarFunction.Minimum] = ("MathF.Min({0}, {1})", "V.Min({0}, {1})"),
        [ScalarFunction.Relu] = ("MathF.Max(0f, {0})", "V.MaxNative(V.Create(0f), {0})"),
        [ScalarFunction.Absolute] = ("MathF.Abs({0})", "V.Abs({0})"),
        [ScalarFunction.Where] = ("({0} != 0f ? {1} : {2})", "V.ConditionalSelect(V.Equals({0}, V.Create(0f)), {2}, {1})"),
        [ScalarFunction.Equal] = Bracket("{0} == {1}", Masks[ScalarFunction.Equal]),
        [ScalarFunction.NotEqual] = Bracket("{0} != {1}", Masks[ScalarFunction.NotEqual]),
        [ScalarFunction.Less] = Bracket("{0} < {1}", Masks[ScalarFunction.Less]),
        [ScalarFunction.LessOrEqual] = Bracket("{0} <= {1}", Masks[ScalarFunction.LessOrEqual]),
        [ScalarFunction.Greater] = Bracket("{0} > {1}", Masks[ScalarFunction.Greater]),
        [ScalarFunction.GreaterOrEqual] = Bracket("{0} >= {1}", Masks[ScalarFunction.GreaterOrEqual]),
    };

    /// <summary>The text with <c>{0}</c>, <c>{1}</c> for the arguments.</summary>
    public static string Text(ScalarFunction function, Target? vectors) => !Texts.TryGetValue(function, out var texts)
        ? throw new NotSupportedException($"the C# backend has no text for '{function.Name}'")
        : vectors is null ? texts.Scalar : For(vectors, texts.Vector);

    /// <summary>A comparison as a mask of lanes, which a selection can use as it is.</summary>
    public static string Mask(ScalarFunction comparison, Target vectors) => For(vectors, Masks[comparison]);

    static string For(Target vectors, string text) => text.Replace("V.", $"{vectors.Vector}.");

    static (string Scalar, string Vector) Bracket(string scalar, string mask) =>
        ($"({scalar} ? 1f : 0f)", $"V.ConditionalSelect({mask}, V.Create(1f), V.Create(0f))");
}

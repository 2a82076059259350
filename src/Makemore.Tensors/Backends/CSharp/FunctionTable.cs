using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Backends.CSharp;

/// <summary>How each scalar function is written in C#: for one number, and for a vector (<c>V</c> stands for the vector class).</summary>
static class FunctionTable
{
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
        [ScalarFunction.Maximum] = ("MathF.Max({0}, {1})", "V.Max({0}, {1})"),
        [ScalarFunction.Equal] = ("({0} == {1} ? 1f : 0f)", "V.ConditionalSelect(V.Equals({0}, {1}), V.Create(1f), V.Create(0f))"),
        [ScalarFunction.GreaterOrEqual] = ("({0} >= {1} ? 1f : 0f)", "V.ConditionalSelect(V.GreaterThanOrEqual({0}, {1}), V.Create(1f), V.Create(0f))"),
    };

    /// <summary>The text with <c>{0}</c>, <c>{1}</c> for the arguments.</summary>
    public static string Text(ScalarFunction function, Target? vectors) => !Texts.TryGetValue(function, out var texts)
        ? throw new NotSupportedException($"the C# backend has no text for '{function.Name}'")
        : vectors is null ? texts.Scalar : texts.Vector.Replace("V.", $"{vectors.Vector}.");
}

using System.Globalization;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Loops;

namespace Makemore.Tensors.Backends.C;

/// <summary>Writes formulas as C expressions.</summary>
sealed class CFormulaWriter(Names names) : ElementWriter(names)
{
    static readonly Dictionary<ScalarFunction, string> Texts = new()
    {
        [ScalarFunction.Add] = "({0} + {1})",
        [ScalarFunction.Subtract] = "({0} - {1})",
        [ScalarFunction.Multiply] = "({0} * {1})",
        [ScalarFunction.Divide] = "({0} / {1})",
        [ScalarFunction.Negate] = "(-{0})",
        [ScalarFunction.Exp] = "expf({0})",
        [ScalarFunction.Log] = "logf({0})",
        [ScalarFunction.Tanh] = "tanhf({0})",
        [ScalarFunction.Sqrt] = "sqrtf({0})",
        [ScalarFunction.Maximum] = "maximum({0}, {1})",
        [ScalarFunction.Minimum] = "(-maximum(-{0}, -{1}))",
        [ScalarFunction.Relu] = "maximum(0.0f, {0})",
        [ScalarFunction.Absolute] = "fabsf({0})",
        [ScalarFunction.Sigmoid] = "(1.0f / (1.0f + expf(-{0})))",
        [ScalarFunction.Where] = "({0} != 0.0f ? {1} : {2})",
        [ScalarFunction.Equal] = "({0} == {1} ? 1.0f : 0.0f)",
        [ScalarFunction.NotEqual] = "({0} != {1} ? 1.0f : 0.0f)",
        [ScalarFunction.Less] = "({0} < {1} ? 1.0f : 0.0f)",
        [ScalarFunction.LessOrEqual] = "({0} <= {1} ? 1.0f : 0.0f)",
        [ScalarFunction.Greater] = "({0} > {1} ? 1.0f : 0.0f)",
        [ScalarFunction.GreaterOrEqual] = "({0} >= {1} ? 1.0f : 0.0f)",
    };

    /// <inheritdoc/>
    public override string Scalar(Scalar formula) => formula is Local { Along: { } row } local ? $"{Names.Of(local)}[{Names[row]}]" : base.Scalar(formula);

    /// <inheritdoc/>
    public override string Number(double value) => (float)value switch
    {
        float.PositiveInfinity => "INFINITY",
        float.NegativeInfinity => "(-INFINITY)",
        float.NaN => "NAN",
        var negative when float.IsNegative(negative) => $"(-{Number(-negative)})",
        var single => single.ToString(single == MathF.Floor(single) && single < 1e9f ? "F1" : "R", CultureInfo.InvariantCulture) + "f",
    };

    /// <inheritdoc/>
    protected override string Text(ScalarFunction function) =>
        Texts.TryGetValue(function, out var text) ? text : throw new NotSupportedException($"the C backend has no text for '{function.Name}'");
}

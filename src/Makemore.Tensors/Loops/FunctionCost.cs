using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Loops;

/// <summary>What scalar functions cost a processor, as far as it decides where they are computed.</summary>
static class FunctionCost
{
    static readonly HashSet<ScalarFunction> Quick = [ScalarFunction.Add, ScalarFunction.Subtract, ScalarFunction.Multiply];

    static readonly HashSet<ScalarFunction> Few =
        [.. Quick, ScalarFunction.Negate, ScalarFunction.Maximum, ScalarFunction.Minimum, ScalarFunction.Relu, ScalarFunction.Absolute, ScalarFunction.Where];

    static readonly HashSet<ScalarFunction> Alone = [.. Quick, ScalarFunction.Divide, ScalarFunction.Negate, ScalarFunction.Sqrt, ScalarFunction.Where];

    /// <summary>Whether it is one instruction, and a quick one: as quick as to read what it made from memory.</summary>
    public static bool IsQuick(ScalarFunction function) => Quick.Contains(function);

    /// <summary>Whether it is one or two instructions, so that a product may do it to its sums, with a copy of them in each of its tiles.</summary>
    public static bool IsFewInstructions(ScalarFunction function) => function.IsComparison || Few.Contains(function);

    /// <summary>Whether it costs little more number by number than in lanes.</summary>
    public static bool IsCheapAlone(ScalarFunction function) => function.IsComparison || Alone.Contains(function);
}

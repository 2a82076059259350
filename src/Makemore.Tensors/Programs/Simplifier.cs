using Makemore.Tensors.Formulas;
using static Makemore.Tensors.Formulas.ScalarFunction;

namespace Makemore.Tensors.Programs;

/// <summary>Folds constants in a formula and drops what changes nothing: 1·x, x + 0, 2·(3·x), a·(1/x).</summary>
static class Simplifier
{
    /// <summary>The simplest formula of the same value that these rules find.</summary>
    public static Scalar Simplify(Scalar formula) => formula.Rewrite(part => part is Apply apply ? Simplify(apply) : null);

    static Scalar? Simplify(Apply apply)
    {
        if (apply.Arguments.All(argument => argument is Literal))
            return new Literal(apply.Function.Evaluate([.. apply.Arguments.Select(argument => ((Literal)argument).Value)]));
        return apply.Arguments is [var x, var y] ? Simplify(apply.Function, x, y) : null;
    }

    static Scalar? Simplify(ScalarFunction function, Scalar x, Scalar y)
    {
        if (function == Multiply)
        {
            return (x, y) switch
            {
                (Literal { Value: 1 }, _) => y,
                (_, Literal { Value: 1 }) => x,
                (Literal outer, Apply { Function: var product, Arguments: [Literal inner, var other] }) when product == Multiply && IsHeld(outer.Value * inner.Value) => Multiply.Of(new Literal(outer.Value * inner.Value), other),
                (_, Literal) => Simplify(Multiply, y, x) ?? Multiply.Of(y, x),
                (_, Apply { Function: var divide, Arguments: [Literal { Value: 1 }, var divisor] }) when divide == Divide => Divide.Of(x, divisor),
                _ => null,
            };
        }

        if (function == Add)
        {
            return (x, y) switch
            {
                (Literal { Value: 0 }, _) => y,
                (_, Literal { Value: 0 }) => x,
                (_, Apply { Function: var product, Arguments: [Literal { Value: < 0 } factor, var other] }) when product == Multiply => Less(x, factor, other),
                (Apply { Function: var product, Arguments: [Literal { Value: < 0 } factor, var other] }, _) when product == Multiply => Less(y, factor, other),
                _ => null,
            };
        }

        return function == Subtract && y is Literal { Value: 0 } ? x : null;
    }

    // What a float does not hold, or with few digits, may still be a step to what it does.
    static bool IsHeld(double product) => product == 0 || float.IsNormal((float)product);

    static Scalar Less(Scalar x, Literal factor, Scalar other) => Subtract.Of(x, factor.Value == -1 ? other : Multiply.Of(new Literal(-factor.Value), other));
}

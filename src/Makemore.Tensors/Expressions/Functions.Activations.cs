using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Expressions;

public static partial class Functions
{
    /// <summary>The hyperbolic tangent of every element.</summary>
    public static Tensor Tanh(Tensor x) => Map.Of(ScalarFunction.Tanh, x);

    /// <summary>The logistic function 1/(1 + e⁻ˣ) of every element.</summary>
    public static Tensor Sigmoid(Tensor x) => Map.Of(ScalarFunction.Sigmoid, x);

    /// <summary>The larger of every element and 0; at 0 the gradient is 0.</summary>
    public static Tensor Relu(Tensor x) => Map.Of(ScalarFunction.Relu, x);

    /// <summary>x·σ(x) (Elfwing et al. 2017), also called swish.</summary>
    public static Tensor Silu(Tensor x)
    {
        var gate = Sigmoid(x).As("gate");
        return WithGradient(x * gate, [x], (result, upstream) => [upstream * (gate + (result * (1 - gate))).As("slope")]);
    }

    /// <summary>
    /// The Gaussian error linear unit in the form with a hyperbolic tangent (Hendrycks and Gimpel 2016), as in GPT-2:
    /// ½·x·(1 + tanh u) with u = √(2/π)·(x + 0.044715·x³).
    /// </summary>
    /// <remarks>
    /// Written as x·σ(2u), which is the same function and keeps its accuracy where 1 + tanh u would cancel. The slope is made of the result and
    /// of the gate σ(2u), so that it needs no exponential of its own; being a line of its own, it is made where they are, in the forward pass.
    /// </remarks>
    public static Tensor Gelu(Tensor x)
    {
        var linear = 2 * Math.Sqrt(2 / Math.PI);
        var cubic = linear * 0.044715;
        var gate = Sigmoid(x * (linear + (cubic * (x * x)))).As("gate");
        return WithGradient(x * gate, [x], (result, upstream) =>
            [upstream * (gate + (result * (1 - gate) * (linear + (3 * cubic * (x * x))))).As("slope")]);
    }
}

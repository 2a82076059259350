namespace Makemore.Tensors.Formulas;

public sealed partial class ScalarFunction
{
    /// <summary>x + y.</summary>
    public static ScalarFunction Add { get; } = new("add", 2, new("{0} + {1}", Notation.Sum, [Notation.Sum, Notation.Sum]), a => a[0] + a[1], _ => Number(1));

    /// <summary>x − y.</summary>
    public static ScalarFunction Subtract { get; } = new(
        "subtract", 2, new("{0} − {1}", Notation.Sum, [Notation.Sum, Notation.Product]), a => a[0] - a[1], i => Number(i == 0 ? 1 : -1));

    /// <summary>x·y.</summary>
    public static ScalarFunction Multiply { get; } = new(
        "multiply", 2, new("{0}·{1}", Notation.Product, [Notation.Product, Notation.Product]), a => a[0] * a[1], i => i == 0 ? Y : X);

    /// <summary>x/y.</summary>
    public static ScalarFunction Divide { get; } = new(
        "divide", 2, new("{0}/{1}", Notation.Product, [Notation.Product, Notation.Unary]), a => a[0] / a[1],
        i => i == 0 ? Divide!.Of(Number(1), Y) : Negate!.Of(Divide!.Of(Result, Y)));

    /// <summary>−x.</summary>
    public static ScalarFunction Negate { get; } = new("negate", 1, new("−{0}", Notation.Fold, [Notation.Product]), a => -a[0], _ => Number(-1));
}

namespace Makemore.Tensors.Formulas;

/// <summary>How a function is written: a text with <c>{0}</c>, <c>{1}</c> for its arguments, and how tightly it and they must bind.</summary>
public sealed record Notation(string Format, int Precedence, ValueList<int> Arguments)
{
    /// <summary>A choice's strength: the loosest.</summary>
    public const int Choice = 5;

    /// <summary>A sum's strength.</summary>
    public const int Sum = 10;

    /// <summary>A Σ's strength: its body takes products in, but not sums.</summary>
    public const int Fold = 15;

    /// <summary>A product's strength.</summary>
    public const int Product = 20;

    /// <summary>A sign's or a quotient's right side.</summary>
    public const int Unary = 30;

    /// <summary>A power's strength.</summary>
    public const int Power = 40;

    /// <summary>Names, numbers, calls: never in parentheses.</summary>
    public const int Atom = 50;

    /// <summary><c>name(a, b)</c>.</summary>
    public static Notation Call(string name, int arity) =>
        new($"{name}({string.Join(", ", Enumerable.Range(0, arity).Select(i => $"{{{i}}}"))})", Atom, new(new int[arity]));
}

using System.Globalization;

namespace Makemore.Tensors.Formulas;

/// <summary>Writes formulas as mathematics: <c>tanh(Σ[block,embed] embed[batch,block,embed]·W1[block,embed,hidden] + b1[hidden])</c>.</summary>
public static class ScalarPrinter
{
    /// <summary>The formula as one line.</summary>
    public static string Print(Scalar scalar) => Print(scalar, 0);

    /// <summary>A number as mathematics writes it: <c>−∞</c>.</summary>
    /// <param name="number">The number.</param>
    /// <param name="digits">The most digits that it has.</param>
    public static string Print(double number, int digits = 9)
    {
        if (double.IsInfinity(number))
            return number > 0 ? "∞" : "−∞";
        var parts = number.ToString($"G{digits}", CultureInfo.InvariantCulture).Split('E');
        var text = parts is [var significand, var exponent] ? $"{significand}e{int.Parse(exponent, CultureInfo.InvariantCulture)}" : parts[0];
        return text.Replace('-', '−');
    }

    /// <summary>Indices in brackets, nothing for a scalar.</summary>
    public static string Print(ValueList<Subscript> at) => at.Count == 0 ? "" : $"[{string.Join(",", at)}]";

    /// <summary>One index: <c>2·time+tap</c>.</summary>
    public static string Print(Subscript index) => index switch
    {
        AxisIndex along => along.Axis.Name,
        Lookup lookup => Print(lookup.Element),
        Affine affine => Print(affine),
        _ => throw new NotSupportedException(index.GetType().Name),
    };

    static string Print(Affine sum)
    {
        var terms = sum.Terms.Select(term => (term.Factor < 0 ? "−" : "+") + (Math.Abs(term.Factor) == 1 ? "" : $"{Math.Abs(term.Factor)}·") + Print(term.Index)).ToList();
        if (sum.Start != 0 || terms.Count == 0)
            terms.Add((sum.Start < 0 ? "−" : "+") + Math.Abs(sum.Start));
        return string.Concat(terms).TrimStart('+');
    }

    static string Print(Scalar scalar, int atLeast)
    {
        var (text, precedence) = scalar switch
        {
            Literal literal => (Print(literal.Value), literal.Value < 0 ? Notation.Product : Notation.Atom),
            AxisPosition position => (position.Axis.Name, Notation.Atom),
            AxisLength length => ($"|{length.Axis.Name}|", Notation.Atom),
            Argument argument => (argument.Number == Argument.Result ? "y" : $"x{argument.Number}", Notation.Atom),
            Element element => (element.Source.Name + Print(element.At), Notation.Atom),
            Fold fold => ($"{(fold.Reduction == Reduction.Sum ? "Σ" : "max")}[{string.Join(",", fold.Over.Select(axis => axis.Name))}] {Print(fold.Body, Notation.Product)}", Notation.Fold),
            Apply { Function: var function, Arguments: [var x, var y] } when function == ScalarFunction.Multiply && x.Equals(y) => (Print(x, Notation.Atom) + "²", Notation.Power),
            Apply apply => Print(apply),
            _ => (scalar.PrintAtom(), Notation.Atom),
        };
        return precedence < atLeast ? $"({text})" : text;
    }

    static (string Text, int Precedence) Print(Apply apply)
    {
        var notation = apply.Function.Notation;
        var arguments = apply.Arguments.Select((argument, i) => (object)Print(argument, notation.Arguments[i])).ToArray();
        return (string.Format(CultureInfo.InvariantCulture, notation.Format, arguments), notation.Precedence);
    }
}

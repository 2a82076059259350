using Makemore.Tensors.Axes;

namespace Makemore.Tensors.Formulas;

/// <summary>How one element is computed. Equal formulas are equal values.</summary>
public abstract record Scalar
{
    /// <summary>The formula's direct parts, the elements that its indices look up among them.</summary>
    public virtual IEnumerable<Scalar> Parts => [];

    /// <summary>The formula and everything in it, parents first.</summary>
    public IEnumerable<Scalar> All => Parts.SelectMany(part => part.All).Prepend(this);

    /// <summary>The formula with <paramref name="replace"/> applied to every part, innermost first; null keeps the part.</summary>
    public Scalar Rewrite(Func<Scalar, Scalar?> replace)
    {
        var rebuilt = WithParts(part => part.Rewrite(replace));
        return replace(rebuilt) ?? rebuilt;
    }

    /// <summary>The formula with parts replaced, outermost first; what was put in their place is not searched again.</summary>
    public Scalar Replace(Func<Scalar, Scalar?> replace) => replace(this) ?? WithParts(part => part.Replace(replace));

    /// <summary>The formula seen from another loop: where it reads along one of its axes, it now reads where <paramref name="replace"/> says.</summary>
    public Scalar SeenFrom(Func<Axis, Subscript> replace) => Rewrite(part => part switch
    {
        AxisPosition position => replace(position.Axis).AsNumber(),
        Element element => element with { At = element.At.Select(index => index.Replace(inside => inside is AxisIndex along ? replace(along.Axis) : inside)) },
        _ => null,
    });

    /// <summary>How a part without a notation of its own is written; later stages have such parts.</summary>
    protected internal virtual string PrintAtom() => throw new NotSupportedException(GetType().Name);

    private protected virtual Scalar WithParts(Func<Scalar, Scalar> replace) => this;

    /// <inheritdoc/>
    public sealed override string ToString() => ScalarPrinter.Print(this);
}

/// <summary>A number.</summary>
public sealed record Literal(double Value) : Scalar
{
    /// <summary>Whether both are the same bits: 0 and −0 are equal numbers, and 1/0 is not 1/−0.</summary>
    public bool Equals(Literal? other) => other is not null && BitConverter.DoubleToInt64Bits(Value) == BitConverter.DoubleToInt64Bits(other.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();
}

/// <summary>Where the loop stands along an axis, as a number from 0.</summary>
public sealed record AxisPosition(Axis Axis) : Scalar;

/// <summary>How long a bounded axis is at the moment, as a number.</summary>
public sealed record AxisLength(Axis Axis) : Scalar;

/// <summary>In a <see cref="ScalarFunction"/>'s derivative: its argument of that number, or its result where the number is <see cref="Result"/>.</summary>
public sealed record Argument(int Number) : Scalar
{
    /// <summary>The number that stands for the function's own result.</summary>
    public const int Result = -1;
}

/// <summary>One element of a source, one index for each of its axes.</summary>
public sealed record Element(IElementSource Source, ValueList<Subscript> At) : Scalar
{
    /// <inheritdoc/>
    public override IEnumerable<Scalar> Parts => At.SelectMany(index => index.Lookups);

    /// <summary>Whether every index runs along the source's own axis.</summary>
    public bool IsIdentity => At.Equals(Subscript.Identity(Source.Shape));

    private protected override Scalar WithParts(Func<Scalar, Scalar> replace) =>
        new Element(Source, At.Select(index => index.Replace(inside => inside is Lookup lookup ? new Lookup((Element)replace(lookup.Element)) : inside)));
}

/// <summary>A function of numbers.</summary>
public sealed record Apply(ScalarFunction Function, ValueList<Scalar> Arguments) : Scalar
{
    /// <inheritdoc/>
    public override IEnumerable<Scalar> Parts => Arguments;

    private protected override Scalar WithParts(Func<Scalar, Scalar> replace) => this with { Arguments = Arguments.Select(replace) };
}

/// <summary>The sum or the largest of the body's values while the loop runs over some axes.</summary>
public sealed record Fold(Reduction Reduction, ValueList<Axis> Over, Scalar Body) : Scalar
{
    /// <inheritdoc/>
    public override IEnumerable<Scalar> Parts => [Body];

    private protected override Scalar WithParts(Func<Scalar, Scalar> replace) => this with { Body = replace(Body) };
}

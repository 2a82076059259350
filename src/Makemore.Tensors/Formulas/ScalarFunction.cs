namespace Makemore.Tensors.Formulas;

/// <summary>A function of numbers: its value, its derivatives, its notation. The members stand in the files of this class, a family each.</summary>
/// <remarks>A backend knows functions by their <see cref="Name"/>; adding one is a member here and a line in each backend's table.</remarks>
public sealed partial class ScalarFunction
{
    readonly Func<double[], double> evaluate;
    readonly Func<int, Scalar?>? derivative;

    ScalarFunction(string name, int arity, Notation notation, Func<double[], double> evaluate, Func<int, Scalar?>? derivative)
    {
        Name = name;
        Arity = arity;
        Notation = notation;
        this.evaluate = evaluate;
        this.derivative = derivative;
    }

    /// <summary>The function's name in generated code and in default names of values.</summary>
    public string Name { get; }

    /// <summary>How many arguments it takes.</summary>
    public int Arity { get; }

    /// <summary>How it is written as mathematics.</summary>
    public Notation Notation { get; }

    /// <summary>Its value in double precision.</summary>
    public double Evaluate(params double[] arguments) => evaluate(arguments);

    /// <summary>Its partial derivative by an argument, in terms of <see cref="Argument"/>s; null where it is 0 everywhere it exists.</summary>
    public Scalar? Derivative(int argument) => derivative?.Invoke(argument);

    /// <summary>The function applied to formulas.</summary>
    public Scalar Of(params Scalar[] arguments) => new Apply(this, new(arguments));

    /// <inheritdoc/>
    public override string ToString() => Name;

    static Argument X => new(0);

    static Argument Y => new(1);

    static Argument Result => new(Argument.Result);

    static Literal Number(double value) => new(value);
}

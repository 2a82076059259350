using Makemore.Tensors.Axes;

namespace Makemore.Tensors.Expressions;

/// <summary>Sets the elements of a new parameter, in the order of its shape.</summary>
/// <param name="values">The elements, densely.</param>
/// <param name="shape">The parameter's axes.</param>
/// <param name="random">Where random numbers come from.</param>
public delegate void Initializer(Span<float> values, Shape shape, IRandomSource random);

/// <summary>The usual initialisations. A scale of 0 still draws, so that what is initialised next gets the numbers it would get in PyTorch.</summary>
public static class Initializers
{
    /// <summary>Independent normal numbers of mean 0: <c>torch.randn(…) * scale</c>, rounded as PyTorch rounds.</summary>
    public static Initializer Normal(double scale) => (values, _, random) =>
    {
        random.Randn(values);
        foreach (ref var value in values)
            value *= (float)scale;
    };

    /// <summary>Normal numbers of standard deviation gain/√fan-in (He et al. 2015), where fan-in is the product of the given axes' lengths.</summary>
    public static Initializer KaimingNormal(double gain, params IReadOnlyList<Axis> fanIn) =>
        Normal(gain / Math.Sqrt(Product(fanIn)));

    /// <summary>Numbers uniform from −1/√fan-in to 1/√fan-in: the weight of PyTorch's <c>nn.Linear</c> and convolutions, which call it Kaiming's with a = √5.</summary>
    /// <param name="fanIn">The axes summed over.</param>
    public static Initializer KaimingUniform(params IReadOnlyList<Axis> fanIn)
    {
        // In PyTorch's steps, which round.
        var deviation = Math.Sqrt(2 / (1 + Math.Pow(Math.Sqrt(5), 2))) / Math.Sqrt(Product(fanIn));
        return Uniform(Math.Sqrt(3) * deviation);
    }

    /// <summary>Numbers uniform from −1/√fan-in to 1/√fan-in: the bias of PyTorch's <c>nn.Linear</c> and convolutions.</summary>
    /// <param name="fanIn">The axes that the layer sums over.</param>
    public static Initializer UniformOfFanIn(params IReadOnlyList<Axis> fanIn) => Uniform(1 / Math.Sqrt(Product(fanIn)));

    /// <summary>The same where the outputs are given, and fan-in is the product of the lengths of all other axes: for a parameter whose inputs are inferred.</summary>
    public static Initializer KaimingNormalTo(double gain, params IReadOnlyList<Axis> outputs) => (values, shape, random) =>
        KaimingNormal(gain, [.. shape.Without(outputs)])(values, shape, random);

    /// <summary>
    /// Draws as if the axes had another order: for a parameter that lies in memory as suits the machine, and must begin with the numbers
    /// of a source that has it the other way round.
    /// </summary>
    /// <param name="order">The parameter's axes in the order of the source.</param>
    /// <param name="initializer">What sets the elements in that order.</param>
    public static Initializer DrawnAs(Shape order, Initializer initializer) => (values, shape, random) =>
    {
        if (!order.SameAxes(shape))
            throw new ShapeException($"a parameter of the axes {shape} cannot be drawn as {order}");
        var drawn = new float[values.Length];
        initializer(drawn, order, random);
        var strides = order.DenseStrides();
        for (var i = 0; i < values.Length; i++)
        {
            var (from, rest) = (0, i);
            for (var axis = shape.Count - 1; axis >= 0; rest /= shape[axis--].Length)
                from += rest % shape[axis].Length * strides[order.IndexOf(shape[axis])];
            values[i] = drawn[from];
        }
    };

    /// <summary>Every element the same.</summary>
    public static Initializer Constant(float value) => (values, _, _) => values.Fill(value);

    /// <summary>The gain for layers before a tanh, 5/3, as PyTorch has it.</summary>
    public const double TanhGain = 5.0 / 3.0;

    static Initializer Uniform(double bound) => (values, _, random) => random.Uniform(values, -bound, bound);

    static double Product(IReadOnlyList<Axis> axes) => axes.Aggregate(1.0, (product, axis) => product * axis.Length);
}

/// <summary>Random numbers for initialisation.</summary>
public interface IRandomSource
{
    /// <summary>Fills with independent normal numbers of mean 0 and variance 1.</summary>
    void Randn(Span<float> values);

    /// <summary>Fills with independent numbers, uniform from <paramref name="low"/> up to but not including <paramref name="high"/>.</summary>
    void Uniform(Span<float> values, double low, double high);
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends.Interpreter;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;
using Xunit;

namespace Makemore.Tensors.Gradients;

/// <summary>The judge of gradients: (f(x + h) − f(x − h)) / 2h, in double, element by element.</summary>
static class CentralDifferences
{
    const double Step = 1e-5;
    const double Tolerance = 1e-6;

    /// <summary>Fails where the gradient of a scalar by some leaf is not what the scalar does when the leaf's elements change.</summary>
    public static void Check(Tensor scalar, params Leaf[] by) => Check(scalar, [], by);

    /// <summary>The same while some bounded axes are so long.</summary>
    public static void Check(Tensor scalar, (Axis Axis, int Length)[] lengths, params Leaf[] by) => Check(scalar, lengths, [], by);

    /// <summary>The same while some leaves, as long as they are, are given.</summary>
    public static void Check(Tensor scalar, (Axis Axis, int Length)[] lengths, (Leaf Leaf, double[] Elements)[] given, params Leaf[] by)
    {
        var gradients = Gradient.Of(scalar, by);
        var program = Program.Of("gradients", [scalar, .. gradients]);
        var value = Program.Of("value", [scalar]);
        var (analytic, numeric) = (new Interpreter(program), new Interpreter(value));
        foreach (var (axis, length) in lengths)
            (analytic.Lengths[axis], numeric.Lengths[axis]) = (length, length);
        Fill(analytic, program, given);
        Fill(numeric, value, given);
        analytic.Run();
        for (var i = 0; i < by.Length; i++)
        {
            Assert.Equal(by[i].Shape, gradients[i].Shape);
            var elements = value.Leaves.Any(leaf => leaf.Leaf == by[i]) ? numeric[by[i]] : new double[by[i].Shape.Elements];
            Compare(by[i].Name, analytic[program.Outputs[i + 1]], Differences(numeric, value.Outputs[0], elements));
        }
    }

    /// <summary>A scalar to which every element of an expression contributes differently.</summary>
    public static Tensor Weighted(Tensor tensor, string weights = "weights") => (tensor * new Input(weights, tensor.Shape)).Sum(tensor.Shape);

    static double[] Differences(Interpreter interpreter, Value scalar, double[] elements)
    {
        double At(ref double element, double value)
        {
            element = value;
            interpreter.Run();
            return interpreter[scalar][0];
        }

        var differences = new double[elements.Length];
        for (var i = 0; i < elements.Length; i++)
        {
            var old = elements[i];
            differences[i] = (At(ref elements[i], old + Step) - At(ref elements[i], old - Step)) / (2 * Step);
            elements[i] = old;
        }

        return differences;
    }

    // Where a gradient is small beside its neighbours, the differences' own rounding counts.
    static void Compare(string name, double[] analytic, double[] numeric)
    {
        var largest = numeric.Max(Math.Abs);
        for (var i = 0; i < numeric.Length; i++)
        {
            var allowed = Tolerance * Math.Max(Math.Abs(numeric[i]), Math.Max(1e-2 * largest, 1e-3));
            Assert.True(Math.Abs(analytic[i] - numeric[i]) <= allowed, $"the gradient by {name} at {i} is {analytic[i]:R}, the difference quotient {numeric[i]:R}");
        }
    }

    // The same numbers for the same leaf in every program: positive, so that every function is defined, and no two alike.
    static void Fill(Interpreter interpreter, Program program, (Leaf Leaf, double[] Elements)[] given)
    {
        foreach (var leaf in program.Leaves)
        {
            var random = new Random(leaf.Name.Sum(c => c));
            foreach (ref var element in interpreter[leaf].AsSpan())
                element = leaf.Leaf!.Into is { } into ? random.Next(into.Length) : 0.5 + random.NextDouble();
        }

        foreach (var (leaf, elements) in given.Where(pair => program.Leaves.Any(value => value.Leaf == pair.Leaf)))
            elements.CopyTo(interpreter[leaf], 0);
    }
}

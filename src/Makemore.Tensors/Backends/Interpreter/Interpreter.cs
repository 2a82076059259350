using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Backends.Interpreter;

/// <summary>Runs a program in double precision with plain loops, one assignment after the other: the oracle that every other backend is compared with.</summary>
public sealed class Interpreter
{
    readonly Precision precision;
    readonly Dictionary<Value, double[]> memory = [];
    readonly List<Action> steps = [];

    /// <summary>An interpreter of a program, all its values 0.</summary>
    /// <param name="program">What to run.</param>
    /// <param name="precision">Whether numbers are rounded to <see cref="float"/>.</param>
    public Interpreter(Program program, Precision precision = Precision.Double)
    {
        Program = program;
        this.precision = precision;
        Lengths = new AxisLengths(program.BoundedAxes);
        foreach (var value in program.Leaves.Concat(program.Assignments.Select(assignment => assignment.Target)))
            memory.TryAdd(value, new double[value.Shape.Elements]);
        foreach (var assignment in program.Assignments)
            steps.Add(new AssignmentLoop(assignment, memory, Lengths, precision).Run);
    }

    /// <summary>The program that runs.</summary>
    public Program Program { get; }

    /// <summary>How long the program's bounded axes are in the next run.</summary>
    public AxisLengths Lengths { get; }

    /// <summary>Those elements of a value that exist, in the order of its shape: along bounded axes there are places for more.</summary>
    public IReadOnlyList<double> Existing(Value value) => Lengths.Existing(value.Shape, memory[value]);

    /// <summary>The elements of a value, in the order of its shape, with those that do not exist; to be written for leaves, to be read after a run.</summary>
    public double[] this[Value value] => memory[value];

    /// <summary>The elements of a leaf, to be written before a run and read after it.</summary>
    /// <exception cref="ArgumentException">The program does not use the leaf.</exception>
    public double[] this[Leaf leaf] => memory[Program.Leaves.FirstOrDefault(value => value.Leaf == leaf) ?? throw new ArgumentException($"the program '{Program.Name}' does not use '{leaf.Name}'")];

    /// <summary>Runs every line once.</summary>
    /// <param name="observe">Called after each line with it and the elements of its value, those that do not exist among them; false ends the run there.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bounded axis is longer than one that it lies within. Nothing has run.</exception>
    public void Run(Func<Assignment, IReadOnlyList<double>, bool>? observe = null)
    {
        Lengths.Check();
        for (var i = 0; i < steps.Count; i++)
        {
            var assignment = Program.Assignments[i];
            steps[i]();
            var values = memory[assignment.Target];
            if (precision != Precision.Double)
            {
                foreach (ref var value in values.AsSpan())
                    value = (float)value;
            }

            if (observe is not null && !observe(assignment, values))
                return;
        }
    }
}

/// <summary>How the interpreter stores numbers.</summary>
public enum Precision
{
    /// <summary>As they are.</summary>
    Double,

    /// <summary>Rounded to <see cref="float"/>, as compiled code has them: what overflows there overflows here.</summary>
    Single,

    /// <summary>So is every partial sum, as where code adds one number after the other: how much floats may lose of what a program computes.</summary>
    SingleSums,
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>The layout of every value of a program: leaves as all programs expect them, outputs dense, the rest as products like them.</summary>
sealed class Layouts
{
    readonly Dictionary<Value, Layout> layouts = [];

    /// <summary>Chooses layouts for a program.</summary>
    public Layouts(Program program)
    {
        foreach (var leaf in program.Leaves)
            layouts[leaf] = Layout.OfLeaf(leaf.Shape, leaf.Type);
        foreach (var output in program.Outputs.Where(output => output.Leaf is null))
            layouts[output] = Layout.Dense(output.Shape);

        var columns = new Dictionary<Value, int>();
        foreach (var assignment in program.Assignments)
        {
            foreach (var (value, count) in assignment.Body.All.OfType<Fold>().SelectMany(fold => ProductShape.RowsOf(fold, assignment.Target)))
                columns[value] = Math.Max(count, columns.GetValueOrDefault(value));
        }

        foreach (var value in program.Assignments.Select(assignment => assignment.Target))
            layouts.TryAdd(value, Layout.Of(value.Shape, value.Type, Math.Max(1, columns.GetValueOrDefault(value))));
    }

    /// <summary>The layout of a value.</summary>
    public Layout this[Value value] => layouts[value];

    /// <summary>A new value of numbers, its rows along its last axes.</summary>
    public Value Add(string name, Shape shape, int columns)
    {
        var value = new Value(name, shape, ElementType.Number, null);
        layouts[value] = Layout.Of(shape, ElementType.Number, columns);
        return value;
    }

    /// <summary>A new value laid out like another.</summary>
    public Value AddLike(Value other, string name)
    {
        var value = new Value(name, other.Shape, other.Type, null);
        layouts[value] = layouts[other];
        return value;
    }

    /// <summary>An element's access in the layout of its value.</summary>
    public Access Access(Element element) => Access((Value)element.Source, element.At);

    /// <summary>The access that subscripts make in the layout of their value.</summary>
    public Access Access(Value value, ValueList<Subscript> at)
    {
        var strides = layouts[value].Strides;
        return new Access(
            value,
            new([.. at.SelectMany((index, i) => index.Terms.Select(term => term.Index switch
            {
                AxisIndex along => (Term)new VariableTerm(strides[i] * term.Factor, LoopVariable.Along(along.Axis)),
                Lookup lookup => new LookupTerm(strides[i] * term.Factor, Access(lookup.Element)),
                var other => throw new NotSupportedException($"subscript {other}"),
            }))]),
            at.Zip(strides, (index, stride) => index.Start * stride).Sum());
    }

    /// <summary>How far an element moves along an axis; 0 where it does not depend on it.</summary>
    public int Stride(Element element, Axis axis)
    {
        var strides = layouts[(Value)element.Source].Strides;
        return element.At.Zip(strides, (index, stride) => stride * index.Terms.Where(term => term.Index is AxisIndex along && along.Axis == axis).Sum(term => term.Factor)).Sum();
    }

    /// <summary>A matrix of an element's value whose first element is where all the axes are at 0.</summary>
    public Matrix Matrix(Element element, int row, int column) => new((Value)element.Source, row, column, Access(element).Start);

    /// <summary>The one stride at which an element walks through all the axes, outermost first; null if it does not. No axes: 1. A bounded axis may only be the first.</summary>
    public int? Merge(IReadOnlyList<Axis> axes, Element element)
    {
        for (var i = 0; i + 1 < axes.Count; i++)
        {
            if (axes[i + 1].IsBounded || Stride(element, axes[i]) != Stride(element, axes[i + 1]) * axes[i + 1].Length)
                return null;
        }

        return axes.Count == 0 ? 1 : Stride(element, axes[^1]);
    }
}

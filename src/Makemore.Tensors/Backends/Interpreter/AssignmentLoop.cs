using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Backends.Interpreter;

/// <summary>One assignment as nested plain loops over its axes, its formula turned into closures.</summary>
sealed class AssignmentLoop
{
    readonly Dictionary<Axis, int> slots = [];
    readonly Dictionary<Value, double[]> memory;
    readonly AxisLengths lengths;
    readonly bool roundsSums;
    readonly int[] over;
    readonly int[] positions;
    readonly int[] extents;
    readonly double[] target;
    readonly Destination? destination;
    readonly Func<int> place;
    readonly Func<double> body;
    List<(Element Element, double Number)>? reads;

    public AssignmentLoop(Assignment assignment, Dictionary<Value, double[]> memory, AxisLengths lengths, Precision precision = Precision.Double)
    {
        (this.memory, this.lengths, roundsSums) = (memory, lengths, precision == Precision.SingleSums);
        over = Slots(assignment.Destination?.Over ?? assignment.Target.Shape);
        target = memory[assignment.Target];
        destination = assignment.Destination;
        place = Offset(assignment.Target, assignment.Destination?.To ?? assignment.Target.Here.At);
        body = Compile(assignment.Body);
        (positions, extents) = (new int[slots.Count], new int[slots.Count]);
    }

    public void Run()
    {
        Begin();
        if (destination?.Elsewhere is { } elsewhere)
            Array.Fill(target, elsewhere);
        ForEach(over, () => target[place()] = destination is { Adds: true } ? Sum(target[place()], body()) : body());
    }

    /// <summary>What is read to compute one element of the target, in order.</summary>
    /// <param name="element">Its place in the target, densely.</param>
    public IReadOnlyList<(Element Element, double Number)> ReadsFor(int element)
    {
        Begin();
        var found = new List<(Element, double)>();
        ForEach(over, () =>
        {
            if (place() != element)
                return;
            reads = found;
            body();
            reads = null;
        });
        return found;
    }

    // Lengths stay as they are in a run, and to ask for one takes long.
    void Begin()
    {
        foreach (var (axis, slot) in slots)
            extents[slot] = lengths[axis];
    }

    int[] Slots(IEnumerable<Axis> axes) => [.. axes.Select(Slot)];

    int Slot(Axis axis)
    {
        if (!slots.TryGetValue(axis, out var slot))
            slots[axis] = slot = slots.Count;
        return slot;
    }

    void ForEach(int[] over, Action action, int depth = 0)
    {
        if (depth == over.Length)
        {
            action();
            return;
        }

        ref var position = ref positions[over[depth]];
        for (position = 0; position < extents[over[depth]]; position++)
            ForEach(over, action, depth + 1);
    }

    Func<double> Compile(Scalar scalar)
    {
        switch (scalar)
        {
            case Literal literal:
                return () => literal.Value;
            case AxisLength length:
                var measured = Slot(length.Axis);
                return () => extents[measured];
            case AxisPosition along:
                var slot = Slot(along.Axis);
                return () => positions[slot];
            case Element element:
                var source = memory[(Value)element.Source];
                var offset = Offset(element.Source, element.At);
                return () =>
                {
                    var number = source[offset()];
                    reads?.Add((element, number));
                    return number;
                };
            case Apply apply:
                var arguments = apply.Arguments.Select(argument => Compile(argument));
                var values = new double[arguments.Count];
                return () =>
                {
                    for (var i = 0; i < values.Length; i++)
                        values[i] = arguments[i]();
                    return apply.Function.Evaluate(values);
                };
            case Fold fold:
                return Compile(fold);
            default:
                throw new NotSupportedException(scalar.GetType().Name);
        }
    }

    Func<double> Compile(Fold fold)
    {
        var inner = Compile(fold.Body);
        var summed = Slots(fold.Over);
        return () =>
        {
            var result = fold.Reduction == Reduction.Sum ? 0 : double.NegativeInfinity;
            ForEach(summed, () => result = fold.Reduction == Reduction.Sum ? Sum(result, inner()) : Math.Max(result, inner()));
            return result;
        };
    }

    double Sum(double x, double y) => roundsSums ? (float)(x + y) : x + y;

    Func<int> Offset(IElementSource source, ValueList<Subscript> at)
    {
        var strides = source.Shape.DenseStrides();
        var plain = at.Index().Where(index => index.Item is AxisIndex).Select(index => (Stride: strides[index.Index], Slot: Slot(((AxisIndex)index.Item).Axis))).ToArray();
        var others = at.Index().Where(index => index.Item is not AxisIndex).Select(index => (Stride: strides[index.Index], Position: Position(index.Item, source, source.Shape[index.Index]))).ToArray();
        return () =>
        {
            var offset = 0;
            foreach (var (stride, slot) in plain)
                offset += stride * positions[slot];
            foreach (var (stride, position) in others)
                offset += stride * position();
            return offset;
        };
    }

    Func<int> Position(Subscript index, IElementSource source, Axis axis)
    {
        var slot = Slot(axis);
        var terms = index.Terms.Select(term => (term.Factor, Position: Compile(term.Index is AxisIndex inside ? new AxisPosition(inside.Axis) : ((Lookup)term.Index).Element)));
        return () =>
        {
            var position = (double)index.Start;
            foreach (var (factor, part) in terms)
                position += factor * part();
            return position >= 0 && position < extents[slot]
                ? (int)position
                : throw new InvalidOperationException($"index {position} into axis '{axis.Name}' of '{source.Name}', which has length {extents[slot]}");
        };
    }
}

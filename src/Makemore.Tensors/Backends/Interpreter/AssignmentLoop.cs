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
    readonly Axis[] axes;
    readonly int[] positions;
    readonly double[] target;
    readonly Destination? destination;
    readonly Func<int> place;
    readonly Func<double> body;
    List<(Element Element, double Number)>? reads;

    public AssignmentLoop(Assignment assignment, Dictionary<Value, double[]> memory, AxisLengths lengths)
    {
        (this.memory, this.lengths) = (memory, lengths);
        axes = [.. assignment.Destination?.Over ?? assignment.Target.Shape];
        foreach (var axis in axes.Concat(assignment.Body.All.OfType<Fold>().SelectMany(fold => fold.Over)))
            slots.TryAdd(axis, slots.Count);
        positions = new int[slots.Count];
        target = memory[assignment.Target];
        destination = assignment.Destination;
        place = Offset(assignment.Target, assignment.Destination?.To ?? assignment.Target.Here.At);
        body = Compile(assignment.Body);
    }

    public void Run()
    {
        if (destination?.Elsewhere is { } elsewhere)
            Array.Fill(target, elsewhere);
        ForEach(axes, () => target[place()] = destination is { Adds: true } ? target[place()] + body() : body());
    }

    /// <summary>What is read to compute one element of the target, in order.</summary>
    /// <param name="element">Its place in the target, densely.</param>
    public IReadOnlyList<(Element Element, double Number)> ReadsFor(int element)
    {
        var found = new List<(Element, double)>();
        ForEach(axes, () =>
        {
            if (place() != element)
                return;
            reads = found;
            body();
            reads = null;
        });
        return found;
    }

    void ForEach(IReadOnlyList<Axis> over, Action action, int depth = 0)
    {
        if (depth == over.Count)
        {
            action();
            return;
        }

        ref var position = ref positions[slots[over[depth]]];
        for (position = 0; position < lengths[over[depth]]; position++)
            ForEach(over, action, depth + 1);
    }

    Func<double> Compile(Scalar scalar)
    {
        switch (scalar)
        {
            case Literal literal:
                return () => literal.Value;
            case AxisLength length:
                return () => lengths[length.Axis];
            case AxisPosition along:
                var slot = slots[along.Axis];
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
            case Apply { Arguments: [var only] } apply:
                var x = Compile(only);
                return () => apply.Function.Evaluate(x());
            case Apply apply:
                var arguments = apply.Arguments.Select(argument => Compile(argument));
                return () => apply.Function.Evaluate([.. arguments.Select(argument => argument())]);
            case Fold fold:
                return Compile(fold);
            default:
                throw new NotSupportedException(scalar.GetType().Name);
        }
    }

    Func<double> Compile(Fold fold)
    {
        var inner = Compile(fold.Body);
        return () =>
        {
            var result = fold.Reduction == Reduction.Sum ? 0 : double.NegativeInfinity;
            ForEach(fold.Over, () => result = fold.Reduction == Reduction.Sum ? result + inner() : Math.Max(result, inner()));
            return result;
        };
    }

    Func<int> Offset(IElementSource source, ValueList<Subscript> at)
    {
        var strides = source.Shape.DenseStrides();
        var terms = at.Select((index, i) => (Stride: strides[i], Position: Position(index, source, source.Shape[i]))).ToArray();
        return () =>
        {
            var offset = 0;
            foreach (var (stride, position) in terms)
                offset += stride * position();
            return offset;
        };
    }

    Func<int> Position(Subscript index, IElementSource source, Axis axis)
    {
        if (index is AxisIndex along)
        {
            var slot = slots[along.Axis];
            return () => positions[slot];
        }

        var terms = index.Terms.Select(term => (term.Factor, Position: Compile(term.Index is AxisIndex inside ? new AxisPosition(inside.Axis) : ((Lookup)term.Index).Element)));
        return () =>
        {
            var position = (double)index.Start;
            foreach (var (factor, part) in terms)
                position += factor * part();
            return position >= 0 && position < lengths[axis]
                ? (int)position
                : throw new InvalidOperationException($"index {position} into axis '{axis.Name}' of '{source.Name}', which has length {lengths[axis]}");
        };
    }
}

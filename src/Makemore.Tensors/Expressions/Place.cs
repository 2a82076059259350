using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Expressions;

/// <summary>
/// Elements of operands put where affine indices say, a number everywhere else: merged axes, paddings, joins of several tensors into
/// one. The adjoint of every <see cref="View"/>, as a view is of it; elements that go to one place are added.
/// </summary>
public sealed class Place : Tensor
{
    readonly Part[] parts;
    readonly double elsewhere;

    Place(string operation, Shape shape, double elsewhere, Part[] parts)
        : base(shape, [.. parts.Select(part => part.Operand)])
    {
        Operation = operation;
        this.elsewhere = elsewhere;
        this.parts = parts;
        foreach (var part in parts)
            ShapeErrors.CheckWhole(operation, part.Operand, shape, part.To);
    }

    /// <inheritdoc/>
    public override Axis? Into => Operands[0].Into;

    /// <inheritdoc/>
    public override string Operation { get; }

    /// <summary>What is put where.</summary>
    internal IReadOnlyList<Part> Parts => [.. parts.Select((part, i) => part with { Operand = Operands[i] })];

    /// <summary>Whether there is nothing but zeros where no element is put.</summary>
    internal bool IsZeroElsewhere => elsewhere == 0;

    /// <inheritdoc/>
    public override Formula Formula
    {
        get
        {
            var adds = parts.Select((part, i) => !part.IsInjective || parts.Take(i).Any(part.MayOverlap)).ToList();
            var isCovered = parts.Where((part, i) => !adds[i] && part.IsWholeIn(Shape)).Sum(part => part.Operand.Shape.Elements) == Shape.Elements;
            return new Formula(new([.. parts.Select((part, i) => new Write(
                OperandOf(i, part.Operand).Here,
                new Destination([.. part.To.SelectMany(index => index.Axes)], part.To, adds[i], i > 0 || isCovered ? null : elsewhere)))]));
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor?> OperandGradients(Tensor upstream) =>
        [.. parts.Select(part => part.Operand is Constant ? null : View.Of(Adjoint(Operation), part.Operand.Shape, upstream, new([.. upstream.Shape.Select(axis => part.To[Shape.IndexOf(axis)])])))];

    // Parts of a part, all of it 0 elsewhere, go where they belong at once.
    internal static Place Of(string operation, Shape shape, double elsewhere, params Part[] parts) =>
        new(operation, shape, elsewhere, [.. parts.SelectMany(part => elsewhere == 0 && part.Operand is Place { Name: null, elsewhere: 0 } inner ? inner.Parts.Select(piece => piece.Within(inner.Shape, part)) : [part])]);

    /// <summary>What the operation that goes the other way is called; it goes the other way for both.</summary>
    internal static string Adjoint(string operation) => operation.EndsWith(".grad", StringComparison.Ordinal) ? operation[..^5] : $"{operation}.grad";

    /// <summary>x + y; where both are parts of something that is 0 elsewhere, one thing of all the parts.</summary>
    internal static Tensor Sum(Tensor x, Tensor y) => x is Place { Name: null, elsewhere: 0 } left && y is Place { Name: null, elsewhere: 0 } right && left.Shape.Equals(right.Shape)
        ? new Place(left.Operation, left.Shape, 0, [.. left.Parts, .. right.Parts])
        : x + y;

    internal static Tensor Merge(Tensor operand, Shape axes, Axis to)
    {
        ShapeErrors.CheckHas(operand, axes);
        ShapeErrors.CheckFree(operand, axes, [to]);
        if (axes.Elements != to.Length || axes.Count == 0)
            throw ShapeErrors.Of($"the axes {axes} of '{operand.Description}' have {axes.Elements} elements and cannot become '{to.Name}' of length {to.Length}");
        if (axes.Count == 1 && axes[0].IsAsLongAs(to))
            return View.Rename(operand, axes[0], to);
        Shape shape = [.. operand.Shape.SelectMany(axis => axis == axes[0] ? [to] : axes.Contains(axis) ? Array.Empty<Axis>() : [axis])];
        return Of("merge", shape, 0, new Part(operand, Subscript.Identity(shape, to, Affine.Of(axes.Zip(axes.DenseStrides(), (axis, stride) => (stride, axis)), 0))));
    }

    internal static Tensor Pad(Tensor operand, Axis axis, int before, int after, Axis to, double value)
    {
        ShapeErrors.CheckHas(operand, [axis]);
        ShapeErrors.CheckFree(operand, [axis], [to]);
        if (before < 0 || after < 0 || (long)before + axis.Length + after != to.Length)
            throw ShapeErrors.Of($"axis '{axis.Name}' of '{operand.Description}' has length {axis.Length} and, with {before} before and {after} after it, cannot become '{to.Name}' of length {to.Length}");
        CheckElement(operand, value);
        return axis.IsAsLongAs(to) ? View.Rename(operand, axis, to) : Padded("pad", operand, axis, before, to, value);
    }

    internal static Tensor Shift(Tensor operand, Axis axis, int by, double value)
    {
        ShapeErrors.CheckHas(operand, [axis]);
        if (Math.Abs((long)by) >= axis.Length)
            throw ShapeErrors.Of($"a shift by {by} leaves nothing of axis '{axis.Name}' of '{operand.Description}', which has length {axis.Length}");
        CheckElement(operand, value);
        if (by == 0)
            return operand;
        var left = new Axis(axis.Name, axis.Length - Math.Abs(by));
        return Padded("shift", View.Slice(operand, axis, Math.Max(-by, 0), left, 1), left, Math.Max(by, 0), axis, value);
    }

    static void CheckElement(Tensor operand, double value)
    {
        if (operand.Into is { IsBounded: true } bounded)
            throw ShapeErrors.Of($"'{operand.Description}' holds positions along '{bounded.Name}', whose length (up to {bounded.Length}) each run sets: none of them is always there");
        if (operand.Into is { } into && !(value >= 0 && value < into.Length && value == Math.Floor(value)))
            throw ShapeErrors.Of($"'{operand.Description}' holds positions along '{into.Name}', and {value} is none of its {into.Length}");
    }

    static Place Padded(string operation, Tensor operand, Axis axis, int before, Axis to, double value)
    {
        Shape shape = [.. operand.Shape.Select(other => other == axis ? to : other)];
        return Of(operation, shape, value, new Part(operand, Subscript.Identity(shape, to, Affine.Of([(1, axis)], before))));
    }

    internal static Tensor Stack(Axis axis, Tensor[] operands)
    {
        if (operands.Length != axis.Length)
            throw ShapeErrors.Of($"axis '{axis.Name}' has length {axis.Length}, and {operands.Length} tensors are stacked along it");
        ShapeErrors.CheckFree(operands[0], [], [axis]);
        CheckAlike(operands, null);
        var shape = Shape.Create([axis]).Union(operands[0].Shape);
        return Of("stack", shape, 0, [.. operands.Select((operand, i) => new Part(operand, Subscript.Identity(shape, axis, Affine.Fixed(i))))]);
    }

    internal static Tensor Concatenate(Axis axis, Tensor[] operands)
    {
        var own = new List<Axis>();
        foreach (var operand in operands)
            own.Add(operand.Shape.Find(axis.Name) ?? throw ShapeErrors.Of($"'{operand.Description}' has no axis '{axis.Name}', only {operand.Shape}"));
        if (own.Sum(part => part.Length) != axis.Length)
            throw ShapeErrors.Of($"axis '{axis.Name}' has length {axis.Length}, and the parts have {string.Join(" + ", own.Select(part => part.Length))}");
        CheckAlike(operands, axis.Name);
        if (operands.Length == 1 && own[0] == axis)
            return operands[0];
        Shape shape = [.. operands[0].Shape.Select(other => other.Name == axis.Name ? axis : other)];
        return Of("concatenate", shape, 0, [.. operands.Select((operand, i) => new Part(operand, Subscript.Identity(shape, axis, Affine.Of([(1, own[i])], own.Take(i).Sum(part => part.Length)))))]);
    }

    // All have the axes of the first, but for the one that they are joined along.
    static void CheckAlike(Tensor[] operands, string? along)
    {
        Shape Others(Tensor operand) => [.. operand.Shape.Where(axis => axis.Name != along)];
        var first = operands[0];
        foreach (var operand in operands.Skip(1))
        {
            foreach (var axis in Others(operand))
            {
                if (first.Shape.Find(axis.Name) is { } other && !other.Meets(axis))
                    throw ShapeErrors.Of($"axis '{axis.Name}' has length {other.LengthText} in '{first.Description}' and {axis.LengthText} in '{operand.Description}'");
            }

            if (!Others(operand).SameAxes(Others(first)))
                throw ShapeErrors.Of($"'{operand.Description}' has the axes {operand.Shape} and '{first.Description}' has {first.Shape}: they cannot be joined");
            if (operand.Into != first.Into)
                throw ShapeErrors.Of($"'{operand.Description}' holds {Kind(operand)} and '{first.Description}' {Kind(first)}: they cannot be joined");
        }
    }

    static string Kind(Tensor operand) => operand.Into is { } into ? $"positions along '{into.Name}'" : "numbers";

    /// <summary>An operand, and the element of the result that each of its elements goes to: every axis of the operand stands in one index.</summary>
    internal sealed record Part(Tensor Operand, ValueList<Subscript> To)
    {
        /// <summary>Whether no two elements go to one place: every factor reaches beyond what smaller ones come to.</summary>
        public bool IsInjective => To.All(index =>
        {
            var reach = 0;
            foreach (var (factor, length) in index.Terms.Select(term => (term.Factor, ((AxisIndex)term.Index).Axis.Length)).Where(term => term.Length > 1).Order())
            {
                if (factor <= reach)
                    return false;
                reach += factor * (length - 1);
            }

            return true;
        });

        /// <summary>Whether an element comes from wherever one may: no bounded axis runs along one that may be longer.</summary>
        public bool IsWholeIn(Shape shape) => shape.Zip(To).All(pair => pair.Second.Axes.All(axis => !axis.IsBounded || axis.IsAsLongAs(pair.First)));

        /// <summary>This, a part of what has the given shape, as a part of what that is a part of.</summary>
        public Part Within(Shape shape, Part whole) => this with
        {
            To = new([.. whole.To.Select(index => index.Replace(along => To[shape.IndexOf(((AxisIndex)along).Axis)]))]),
        };

        /// <summary>Whether an element of this may go where one of another part goes.</summary>
        public bool MayOverlap(Part other) => To.Zip(other.To).All(pair => pair.First.Range.First <= pair.Second.Range.Last && pair.Second.Range.First <= pair.First.Range.Last);
    }
}

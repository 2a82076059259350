using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Expressions;

/// <summary>Turns einsum notation and its operands into views, contractions and reductions.</summary>
sealed class Einsum
{
    readonly EinsumNotation notation;
    readonly EinsumLengths lengths;
    readonly EinsumOperand[] operands;

    Einsum(EinsumNotation notation, Shape given, Tensor[] tensors)
    {
        this.notation = notation;
        lengths = new(notation);
        operands = new EinsumOperand[tensors.Length];
        if (tensors.Length != notation.Operands.Count)
            throw notation.Mistake(1, $"the notation has {notation.Operands.Count} operands, and {tensors.Length} are given");
        if (tensors.Length > ContractionOrder.MostTensors)
            throw notation.Mistake(1, $"there are {tensors.Length} operands, and at most {ContractionOrder.MostTensors} can be; contract some of them first");
        foreach (var axis in given)
        {
            var label = notation.Operands.SelectMany(operand => operand.Terms).FirstOrDefault(term => term.Label == axis.Name)
                ?? throw notation.Mistake(1, $"a length is given for '{axis.Name}', and no label is called so");
            lengths.Set(label, axis, "as given");
        }

        var open = BindTensors(tensors);
        lengths.Solve(operands.Where(operand => operand is not null));
        Complete(open);
        if (notation.Operands.SelectMany(operand => operand.Terms).FirstOrDefault(term => !lengths.Has(term.Label)) is { } unknown)
            throw notation.Mistake(unknown.Position, $"nothing says how long '{unknown.Label}' is; give its axis, as in [new Axis(\"{unknown.Label}\", 3)]");
        CheckRests();
    }

    /// <summary>The sum of products, or the largest product, that a notation says.</summary>
    public static Tensor Of(Reduction reduction, string notation, Shape given, Tensor[] tensors)
    {
        var einsum = new Einsum(EinsumNotation.Parse(notation), given, tensors);
        return reduction == Reduction.Sum ? einsum.Sum() : einsum.Maximum();
    }

    // Parameters that state only some of their axes come last, and get the others from the rest.
    List<(int Number, EinsumParameter Parameter)> BindTensors(Tensor[] tensors)
    {
        var open = new List<(int Number, EinsumParameter Parameter)>();
        for (var i = 0; i < tensors.Length; i++)
        {
            if (tensors[i] is Parameter parameter && parameter.IsOpen(out var stated))
                open.Add((i, new(notation, notation.Operands[i], parameter, stated)));
            else
                Bind(i, tensors[i]);
        }

        open.ForEach(one => one.Parameter.BindNamed(lengths));
        open.ForEach(one => one.Parameter.BindOthers(lengths));
        return open;
    }

    void Complete(List<(int Number, EinsumParameter Parameter)> open)
    {
        open.ForEach(one => one.Parameter.BindOpen(lengths));
        foreach (var (number, parameter) in open)
            Bind(number, parameter.Complete(lengths));
    }

    void Bind(int number, Tensor tensor)
    {
        operands[number] = new(notation, notation.Operands[number], tensor);
        foreach (var (label, axis) in operands[number].Labels)
            lengths.Set(label, axis, ShapeErrors.In(tensor, axis));
    }

    // What '...' stands for meets by name, and is no label.
    void CheckRests()
    {
        var met = new Dictionary<string, (Axis Axis, Tensor Tensor)>();
        foreach (var (operand, written) in operands.Zip(notation.Operands))
        {
            foreach (var axis in operand.Rest)
            {
                if (lengths.Has(axis.Name))
                    throw notation.Mistake(written.Ellipsis!.Position, $"'...' stands for '{axis.Name}' of '{operand.Tensor.Description}' too, and a label is called so");
                if (!met.TryAdd(axis.Name, (axis, operand.Tensor)) && met[axis.Name] is var (other, tensor) && !other.Meets(axis))
                    throw notation.Mistake(written.Ellipsis!.Position, $"axis '{axis.Name}' has length {other.LengthText} {ShapeErrors.In(tensor, other)} and {axis.LengthText} {ShapeErrors.In(operand.Tensor, axis)}");
            }
        }
    }

    Tensor Sum()
    {
        var result = Result();
        var views = operands.Select(operand => operand.View(lengths, 0)).ToList();
        if (views is [var only] && only.Shape.SameAxes(result))
            return View.InOrder(only, result);
        ShapeErrors.CheckNumbers([.. operands.Select(operand => operand.Tensor)]);

        // What one operand alone has is summed before it is multiplied.
        bool IsAlone(Axis axis) => !result.Contains(axis) && views.Count(view => view.Shape.Contains(axis)) == 1;
        return ContractionOrder.Contract([.. views.Select(view => view.Sum([.. view.Shape.Where(IsAlone)]))], result);
    }

    Tensor Maximum()
    {
        if (operands.Length > 1 && operands.SelectMany(operand => operand.Sums).FirstOrDefault(sum => sum.Index.Start < 0).Index is { } outside)
            throw notation.Mistake(outside.Position, $"'{outside.Text}' begins before 0, where the largest of several operands' products has nothing to find");
        ShapeErrors.CheckNumbers([.. operands.Select(operand => operand.Tensor)]);
        var result = Result();
        var product = operands.Select(operand => operand.View(lengths, double.NegativeInfinity)).Aggregate((x, y) => x * y);
        return View.InOrder(product.Max(product.Shape.Without(result)), result);
    }

    Shape Result() => [.. notation.Result.Indices.SelectMany(index => index.IsEllipsis ? operands.SelectMany(operand => operand.Rest).Distinct() : [lengths[index.Label!]])];
}

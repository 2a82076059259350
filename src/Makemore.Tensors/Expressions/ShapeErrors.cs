using System.Runtime.CompilerServices;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Expressions;

/// <summary>Checks that axes meet, and words the message when they do not.</summary>
static class ShapeErrors
{
    /// <summary>Fails where an axis has one name and two lengths among these tensors.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void CheckMeet(params ReadOnlySpan<Tensor> tensors)
    {
        for (var i = 1; i < tensors.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                foreach (var axis in tensors[i].Shape)
                {
                    if (tensors[j].Shape.Find(axis.Name) is { } other && !other.Meets(axis))
                        throw Of($"axis '{axis.Name}' has length {other.LengthText} {In(tensors[j], other)} and {axis.LengthText} {In(tensors[i], axis)}");
                }
            }
        }
    }

    /// <summary>Fails where the tensor lacks one of the axes.</summary>
    public static void CheckHas(Tensor tensor, IEnumerable<Axis> axes)
    {
        foreach (var axis in axes)
        {
            var other = tensor.Shape.Find(axis.Name);
            if (other?.Meets(axis) == true)
                continue;
            throw Of(other is not null
                ? $"axis '{axis.Name}' has length {axis.LengthText} here and {other.LengthText} {In(tensor, other)}"
                : $"'{tensor.Description}' has no axis '{axis.Name}', only {tensor.Shape}");
        }
    }

    /// <summary>Fails where an axis that is added to a tensor has the name of one that stays, or two that are added have one name.</summary>
    public static void CheckFree(Tensor tensor, IEnumerable<Axis> removed, IReadOnlyList<Axis> added)
    {
        var names = tensor.Shape.Without(removed).Select(axis => axis.Name).ToHashSet();
        foreach (var axis in added)
        {
            if (!names.Add(axis.Name))
                throw Of($"'{tensor.Description}' has an axis '{axis.Name}' already");
        }
    }

    /// <summary>Fails where elements along a bounded axis are sought at positions that may not exist.</summary>
    /// <param name="operation">What is done.</param>
    /// <param name="tensor">What the shape belongs to, or becomes.</param>
    /// <param name="shape">The axes that are read or written.</param>
    /// <param name="at">Where along each.</param>
    public static void CheckWhole(string operation, Tensor tensor, Shape shape, IReadOnlyList<Subscript> at)
    {
        for (var i = 0; i < shape.Count; i++)
        {
            if (shape[i].IsBounded && !(at[i] is AxisIndex { Axis: var along } && along.IsWithin(shape[i])))
                throw Of($"'{operation}' of '{tensor.Description}' needs single positions of axis '{shape[i].Name}', whose length (up to {shape[i].Length}) each run sets");
        }
    }

    /// <summary>Fails where a tensor of indices stands in place of one of numbers.</summary>
    public static void CheckNumbers(params ReadOnlySpan<Tensor> tensors)
    {
        foreach (var tensor in tensors)
        {
            if (tensor.Into is { } into)
                throw Of($"'{tensor.Description}' holds positions along '{into.Name}', where numbers are needed");
        }
    }

    /// <summary>The tensor that has an axis; where a parameter did not state it, also the line that fixed it.</summary>
    public static string In(Tensor tensor, Axis axis)
    {
        var origin = axis.Origin ?? (tensor is Parameter parameter && parameter.WhereFixed(axis) is { } line ? $"fixed by its use in {line}" : null);
        return $"in '{tensor.Description}'{(origin is null ? "" : $" ({origin})")}";
    }

    /// <summary>The exception, with the line that called into this library.</summary>
    public static ShapeException Of(string message) => new($"{message} ({CallersLine.Find()})");
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Backends.CSharp;

/// <summary>
/// Names of methods and structs by what their code depends on: everything but what it is given, and what that is called. Steps that differ in nothing else,
/// as those of a model's equal layers, share one, named after the first of them.
/// </summary>
sealed class SharedCode
{
    readonly Dictionary<(ValueList<Statement> Statements, ValueList<int> Lines, ValueList<int> Division), string> methods = [];
    readonly Dictionary<(Scalar Formula, bool IsDivided), string> structs = [];

    // What stands for the first value that a step names, for the second, …
    readonly List<Value> numbers = [];
    readonly List<Value> indices = [];

    /// <summary>The name of the method that carries out a nest.</summary>
    /// <param name="nest">The nest.</param>
    /// <param name="division">How threads share it; null where one does it all.</param>
    /// <param name="name">What the method is called if there is none yet.</param>
    /// <param name="isNew">Whether there was none yet.</param>
    public string Method(NestStep nest, Division? division, string name, out bool isNew)
    {
        List<Value> values = [.. nest.Values];

        // A line's target says where in the loops it begins, a fill's stretch how much of it is a thread's.
        ValueList<int> lines = [.. nest.Assignments.Select(assignment => values.IndexOf(assignment.Target))];
        ValueList<int> shares = division is null ? [] : [division.Size, division.Turns, .. values.Select(value => division.Stretches.GetValueOrDefault(value))];
        return Name(methods, (new Nameless(Place).Of(nest.Statements), lines, shares), name, out isNew);
    }

    /// <summary>The name of the struct that does to a product's sums what a formula says.</summary>
    /// <param name="epilogue">The formula.</param>
    /// <param name="isDivided">Whether threads share the product.</param>
    /// <param name="name">What the struct is called if there is none yet.</param>
    /// <param name="isNew">Whether there was none yet.</param>
    public string Struct(Scalar epilogue, bool isDivided, string name, out bool isNew) =>
        Name(structs, (new Nameless(Place).Of(epilogue), isDivided), name, out isNew);

    static string Name<TCode>(Dictionary<TCode, string> names, TCode code, string name, out bool isNew)
        where TCode : notnull
    {
        isNew = names.TryAdd(code, name);
        return names[code];
    }

    Value Place(int number, ElementType type)
    {
        var places = type == ElementType.Index ? indices : numbers;
        while (places.Count <= number)
            places.Add(new Value($"{places.Count}", Shape.Scalar, type, null));
        return places[number];
    }
}

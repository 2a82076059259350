using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Backends.CSharp;
using Makemore.Tensors.Backends.Interpreter;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Running;
using Makemore.Testing;
using Xunit;

namespace Makemore.Tensors.Roslyn;

/// <summary>The judge of compiled code, be it C# or C: the interpreter in double, and how far the interpreter in float is from it.</summary>
static class Compiled
{
    /// <summary>Compiles C# anew, always.</summary>
    public static CSharpBackend Backend { get; } = new(new RoslynCompiler(), cache: null);

    /// <summary>Every backend that writes source: C#, and C where this machine has a compiler. Children are about the vectors of C# only.</summary>
    static IReadOnlyList<IBackend> Backends { get; } = AvailableC.Backend is { } c && !ChildProcess.IsChild ? [Backend, c] : [Backend];

    /// <summary>Fails with the program's text where compiled code and the interpreter disagree on an output or an updated parameter.</summary>
    public static void AgreesWithInterpreter(Program program)
    {
        if (Disagreement(program) is { } disagreement)
            Assert.Fail(disagreement);
    }

    /// <summary>The same for expressions, as one program.</summary>
    public static void AgreesWithInterpreter(params Tensor[] outputs) => AgreesWithInterpreter(Program.Of("test", outputs));

    /// <summary>Where a backend and the interpreter disagree, with the program's text; null where none does.</summary>
    public static string? Disagreement(Program program) => Backends.Select(backend => Disagreement(program, backend)).FirstOrDefault(found => found is not null);

    static string? Disagreement(Program program, IBackend backend)
    {
        using var storage = new Storage();
        using var routine = new Routine(program, backend, storage);
        return Lengths(program.BoundedAxes).Select(lengths => Disagreement(program, backend, storage, routine, lengths)).FirstOrDefault(found => found is not null);
    }

    /// <summary>Bounded axes at their bounds, at 0, 1 and one less than the bound; all alike and each on its own, as far as they lie within each other. What the longest has left behind others must not see.</summary>
    public static IEnumerable<int[]> Lengths(IReadOnlyList<Axis> axes)
    {
        Func<Axis, int>[] some = [axis => axis.Length, _ => 0, _ => 1, axis => axis.Length - 1, axis => axis.Length];
        for (var i = 0; i < (axes.Count == 0 ? 1 : some.Length); i++)
            yield return [.. axes.Select(axis => some[i](axis))];
        for (var i = 1; i < some.Length && axes.Count > 1; i++)
            yield return Nested(axes, [.. axes.Select((axis, place) => some[(i + place) % some.Length](axis))]);
    }

    static int[] Nested(IReadOnlyList<Axis> axes, int[] lengths)
    {
        int Length(Axis axis) => Math.Min(axes.Contains(axis) ? lengths[axes.Index().First(other => other.Item == axis).Index] : axis.Length, axis.Longer is { } longer ? Length(longer) : axis.Length);
        return [.. axes.Select(Length)];
    }

    /// <summary>The lengths as messages have them.</summary>
    public static string Text(Program program, int[] lengths) => string.Concat(program.BoundedAxes.Zip(lengths, (axis, length) => $" |{axis.Name}|={length}"));

    static string? Disagreement(Program program, IBackend backend, Storage storage, Routine routine, int[] lengths)
    {
        var (exact, rounded) = (new Interpreter(program), new Interpreter(program, Precision.SingleSums));
        exact.Lengths.Set(lengths);
        rounded.Lengths.Set(lengths);
        for (var i = 0; i < lengths.Length; i++)
            routine.Lengths[program.BoundedAxes[i]] = lengths[i];
        foreach (var leaf in program.Leaves)
        {
            Fill(leaf.Leaf!, storage, routine.Lengths);
            var elements = leaf.Leaf is IndexInput indices ? [.. storage.Indices(indices)] : Array.ConvertAll(storage.Read(leaf.Leaf!), x => (double)x);
            elements.CopyTo(exact[leaf], 0);
            elements.CopyTo(rounded[leaf], 0);
        }

        exact.Run();
        rounded.Run();
        routine.Run();
        var at = Text(program, lengths);
        for (var i = 0; i < program.Outputs.Count; i++)
        {
            if (Difference(program.Outputs[i], routine.Output(i), exact, rounded) is { } difference)
                return $"{backend.Name}{at}: {difference}\n{program}\n{Loops.LoopProgram.Of(program)}";
        }

        foreach (var leaf in program.Leaves.Where(value => value.Leaf is Parameter))
        {
            if (Difference(leaf, storage.Read(leaf.Leaf!), exact, rounded) is { } difference)
                return $"{backend.Name}{at}: {difference}\n{program}\n{Loops.LoopProgram.Of(program)}";
        }

        return null;
    }

    /// <summary>Where two programs of the same outputs disagree in the interpreter, with the text of the second; null where they do not.</summary>
    public static string? Disagreement(Program expected, Program program)
    {
        var (known, tried) = (new Interpreter(expected), new Interpreter(program));
        using var storage = new Storage();
        foreach (var leaf in program.Leaves.Concat(expected.Leaves).Select(value => value.Leaf!).Distinct())
        {
            Fill(leaf, storage);
            var elements = leaf is IndexInput indices ? [.. storage.Indices(indices)] : Array.ConvertAll(storage.Read(leaf), x => (double)x);
            foreach (var interpreter in new[] { expected, program }.Zip([known, tried]).Where(pair => pair.First.Leaves.Any(value => value.Leaf == leaf)).Select(pair => pair.Second))
                elements.CopyTo(interpreter[leaf], 0);
        }

        known.Run();
        tried.Run();
        var values = expected.Outputs.Zip(program.Outputs).Concat(
            from value in program.Leaves
            where value.Leaf is Parameter && expected.Leaves.Any(other => other.Leaf == value.Leaf)
            select (expected.Leaves.First(other => other.Leaf == value.Leaf), value));
        foreach (var (value, other) in values)
        {
            var (right, found) = (known[value], tried[other]);
            var allowed = 1e-9 * (1 + right.Max(Math.Abs));
            if (right.Zip(found).Any(pair => !(Math.Abs(pair.First - pair.Second) <= allowed)))
                return $"{other} differs\n{expected}\n{program}";
        }

        return null;
    }

    /// <summary>Multiples of 1/8 from −1 to 1, which float and double add alike; positions that all are inside; the same for a name always.</summary>
    /// <param name="leaf">What to fill.</param>
    /// <param name="storage">Where it lies.</param>
    /// <param name="lengths">How long bounded axes are; elements that do not exist are not numbers, and indices may then be any.</param>
    public static void Fill(Leaf leaf, Storage storage, AxisLengths? lengths = null)
    {
        bool Exists(int place) => lengths is null || lengths.Exists(leaf.Shape, place);
        var random = new Random(leaf.Name.Aggregate(17, (hash, c) => (hash * 31) + c));
        if (leaf is IndexInput indices)
        {
            storage.Write(indices, [.. Enumerable.Range(0, leaf.Shape.Elements).Select(place => random.Next(Exists(place) && lengths?.Contains(indices.Into) == true ? lengths[indices.Into] : indices.Into.Length))]);
            return;
        }

        storage.Write(leaf, [.. Enumerable.Range(0, leaf.Shape.Elements).Select(place => Exists(place) ? random.Next(-8, 9) / 8f : float.NaN)]);
    }

    // Sums in another order and functions with another last bit lead away from the exact value about as far as rounding every line does.
    static string? Difference(Value value, ReadOnlySpan<float> actual, Interpreter exact, Interpreter rounded)
    {
        var (expected, single) = (exact[value], rounded[value]);
        var existing = Enumerable.Range(0, expected.Length).Where(i => exact.Lengths.Exists(value.Shape, i)).ToList();
        if (existing.Count == 0)
            return null;
        var allowed = (2e-5 * existing.Max(i => Math.Abs(expected[i]))) + (50 * existing.Max(i => Math.Abs(expected[i] - single[i]))) + 1e-6;
        foreach (var i in existing)
        {
            if (!(Math.Abs(actual[i] - expected[i]) <= allowed))
                return $"{value} is {actual[i]} at {i} and should be {expected[i]}, give or take {allowed:G2}";
        }

        return null;
    }
}

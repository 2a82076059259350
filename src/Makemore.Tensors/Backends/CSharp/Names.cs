using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Backends.CSharp;

/// <summary>C# identifiers for the values of a program: their own names, made legal, and no two alike.</summary>
sealed class Names
{
    // Words that C# keeps for itself and a model might well use, and names that generated code uses.
    static readonly HashSet<string> Reserved =
    [
        "base", "case", "class", "const", "decimal", "default", "do", "double", "else", "event", "fixed", "float", "for", "if", "in", "int", "is", "lock", "long",
        "new", "null", "object", "out", "params", "ref", "return", "short", "static", "string", "struct", "switch", "this", "throw", "try", "using", "void", "while",
        "memory", "row", "column", "sum", "Run", "MathF", "VectorMath", "Horizontal", "Product", "Transpose", "Vector512", "Vector256", "Vector128", "Lanes512", "Lanes256", "Lanes128",
    ];

    readonly Dictionary<Value, string> values = [];
    readonly HashSet<string> taken;

    Names(Names outer)
    {
        values = outer.values;
        taken = [.. outer.taken];
    }

    public Names(LoopProgram loops)
    {
        taken = [.. Reserved];
        foreach (var statement in loops.Steps.OfType<NestStep>().SelectMany(step => step.Statements).SelectMany(statement => statement.All))
            taken.Add(statement switch { For loop => loop.Variable.Name, Begin begin => begin.Local.Name, _ => "" });
        foreach (var outer in loops.Steps.OfType<ProductStep>().SelectMany(step => step.Outer))
            taken.Add(outer.Variable.Name);
        foreach (var value in loops.Bound.Concat(loops.Steps.SelectMany(step => step.Values)).Distinct())
            values[value] = Unique(Legal(value.Name));
    }

    /// <summary>The identifier of a value's first element.</summary>
    public string this[Value value] => values[value];

    /// <summary>A name that nothing has yet.</summary>
    public string Unique(string name)
    {
        var unique = name;
        while (!taken.Add(unique))
            unique += "_";
        return unique;
    }

    /// <summary>The same names, to which a method can add its own.</summary>
    public Names Inner() => new(this);

    /// <summary>The name with everything that C# does not allow in one replaced by an underscore.</summary>
    public static string Legal(string name) =>
        string.Concat(name.Select((c, i) => char.IsAsciiLetter(c) || c == '_' || (i > 0 && char.IsAsciiDigit(c)) ? c : '_'));
}

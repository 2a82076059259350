namespace Makemore.Tensors.Backends.CSharp;

/// <summary>The keywords of C#, and what generated code itself uses.</summary>
static class ReservedWords
{
    /// <summary>Each once.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default", "delegate", "do", "double",
        "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal",
        "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out", "override", "params", "private", "protected", "public", "readonly", "ref", "return",
        "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked",
        "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
        "memory", "scratch", "row", "column", "sum", "Run", "RunPhase", "phase", "part", "parts", "begin", "end", "rest", "firstRow", "firstColumn", "Math", "Share", "MathF", "VectorMath", "Horizontal", "Product", "Transpose", "Prefetch", "Span", "IEpilogue",
        "Vector512", "Vector256", "Vector128", "Lanes512", "Lanes256", "Lanes128",
    ];
}

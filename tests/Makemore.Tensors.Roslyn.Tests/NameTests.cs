using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Programs;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Roslyn;

/// <summary>Names that a model may well have and that C#, C or the generated code itself uses too.</summary>
public class NameTests
{
    static readonly string[] Words =
    [
        "class", "char", "byte", "as", "checked", "sum", "max", "memory", "row", "Run", "VectorMath", "Product", "Span", "Vector512", "MathF", "constant", "sum_lanes", "x_all", "nint", "var",
        "restrict", "tile", "lanes", "left", "maximum", "expf", "exp", "memset", "signbit", "INFINITY", "HUGE_VAL", "linux", "m",
        "System", "Makemore", "größe", "λ",
    ];

    static readonly Axis I = new("i", 3), J = new("j", 20);

    [Fact]
    public void Values_may_have_any_name() => Compiled.AgreesWithInterpreter([.. Words.Append("transformer.h.0.attn").SelectMany(word =>
    {
        var x = new Input(word, [I, J]);
        var named = Tanh(x + x.Max([J])).As(word);
        return new[] { named, named.Dot(x, [J]), (named * 2).Sum([J]).As($"{word}_") };
    })]);

    // What is read twice and stored nowhere has a name of its own in the code.
    [Fact]
    public void Values_kept_in_registers_may_have_any_name() => Compiled.AgreesWithInterpreter(Words.Concat(["new", "fixed", "int", "long", "float", "rest", "begin", "end", "Horizontal", "a.b", "a_b", "a_16", "two\nlines", "s\\"]).Select((word, i) =>
    {
        var kept = Tanh(new Input($"input{i}", [I, J])).As(word);
        return (kept * kept * 2) + kept;
    }).Append(Maximum(new Input("p", [J]), new Input("q", [J])) is var larger ? (larger * larger) + larger : larger).ToArray());

    [Fact]
    public void Axes_may_have_any_name() => Compiled.AgreesWithInterpreter([.. Words.SelectMany(word =>
    {
        Axis axis = new(word, 20), both = new($"i_{word}", 2);
        Input x = new($"x_{word}", [I, axis]), w = new($"w_{word}", [axis, both]), cube = new($"cube_{word}", [both, I, axis]);
        return new[] { Tanh(x + x.Max([axis])), x.Sum([axis]), x.Sum([I]), x.Dot(w, [axis]), Exp(cube), cube.Sum([both]), cube.Dot(x, [I]), cube.Dot(cube, [I]) };
    })]);

    [Theory]
    [InlineData("run")]
    [InlineData("class")]
    [InlineData("VectorMath")]
    [InlineData("3rd lecture: größe")]
    [InlineData("two\nlines\\")]
    public void Programs_may_have_any_name(string name) => Compiled.AgreesWithInterpreter(Program.Of(name, [Tanh(new Input("x", [J]))]));
}

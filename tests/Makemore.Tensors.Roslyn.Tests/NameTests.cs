using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Programs;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Roslyn;

/// <summary>Names that a model may well have and that C#, or the generated code itself, uses too.</summary>
public class NameTests
{
    public static TheoryData<string> Words => [
        "class", "char", "byte", "as", "checked", "sum", "max", "memory", "Run", "VectorMath", "Product", "Span", "Vector512", "MathF", "constant", "sum_lanes", "x_all", "nint", "var", "System", "Makemore", "größe", "Σ", "λ", "transformer.h.0.attn"];

    [Theory]
    [MemberData(nameof(Words))]
    public void Values_may_have_any_name(string word)
    {
        Axis i = new("i", 3), j = new("j", 20);
        var x = new Input(word, [i, j]);
        var named = Tanh(x + x.Max([j])).As(word);
        Compiled.AgreesWithInterpreter(named, named.Dot(x, [j]), (named * 2).Sum([j]).As($"{word}_"));
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void Axes_may_have_the_name_of_anything(string word)
    {
        if (word.Contains('.', StringComparison.Ordinal))
            return;
        Axis i = new("i", 3), j = new(word, 20), both = new($"i_{word}", 2);
        Input x = new("x", [i, j]), w = new("w", [j, both]), cube = new("cube", [both, i, j]);
        Compiled.AgreesWithInterpreter(Tanh(x + x.Max([j])), x.Sum([j]), x.Sum([i]), x.Dot(w, [j]), Exp(cube), cube.Sum([both]), cube.Dot(x, [i]), cube.Dot(cube, [i]));
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void Programs_may_have_any_name(string word) => Compiled.AgreesWithInterpreter(Program.Of(word, [Tanh(new Input("x", [new("i", 20)]))]));
}

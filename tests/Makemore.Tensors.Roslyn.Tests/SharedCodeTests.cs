using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends.CSharp;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Roslyn;

/// <summary>Steps that differ in nothing but their values are one method, or one struct, of the generated code.</summary>
public class SharedCodeTests
{
    static readonly Axis Batch = new("batch", 32), Hidden = new("hidden", 48), Out = new("out", 48), Wide = new("out", 64);

    readonly Input x = new("x", [Batch, Hidden]), y = new("y", [Batch, Hidden]), w = new("w", [Hidden, Out]), v = new("v", [Hidden, Wide]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Equal_loops_over_other_tensors_are_one_method(bool phased)
    {
        Tensor[] same = [Tanh(x).As("a"), Tanh(y).As("b")];
        Assert.Equal(1, Count("static void Step", same, phased));
        Compiled.AgreesWithInterpreter(same);
    }

    [Fact]
    public void Loops_over_other_axes_of_a_length_and_at_other_positions_are_one_method()
    {
        Axis rows = new("rows", 32), columns = new("columns", 48), part = new("part", 3);
        var parts = new Input("parts", [part, Batch, Hidden]);
        Tensor[] same = [Tanh(x).As("a"), Tanh(new Input("z", [rows, columns])).As("b"), Tanh(parts.At(part, 2)).As("c")];
        Assert.Equal(1, Count("static void Step", same));
        Compiled.AgreesWithInterpreter(same);
        Compiled.AgreesWithInterpreter((parts.At(part, 0) - parts.At(part, 1)).As("a"), (parts.At(part, 1) - parts.At(part, 0)).As("b"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Loops_along_other_bounded_axes_are_one_method(bool phased)
    {
        Axis some = Axis.UpTo("some", 32), few = Axis.Within("few", some);
        Input along = new("along", [some, Hidden]), within = new("within", [few, Hidden]);
        Tensor[] same = [Tanh(along).As("a"), Tanh(within).As("b")];
        Assert.Equal(1, Count("static void Step", same, phased));
        Compiled.AgreesWithInterpreter(same);
        Compiled.AgreesWithInterpreter((along / LengthOf(some)).As("a"), (within / LengthOf(few)).As("b"), (within / LengthOf(some)).As("c"));

        static Tensor LengthOf(Axis axis) => ((Tensor)1).BroadcastTo([axis]).Sum([axis]);
    }

    [Fact]
    public void Other_functions_numbers_lengths_and_operands_have_methods_of_their_own()
    {
        Tensor same = Tanh(x).As("a");
        Tensor[] others = [Exp(y).As("b"), Tanh(v).As("c"), (y * y).As("d"), Tanh(y).Sum([Hidden]).As("e"), Tanh(y).Sum([Batch]).As("f")];
        Assert.All(others, other => Assert.Equal(2, Count("static void Step", [same, other])));
        Assert.Equal(2, Count("static void Step", [(x * 2).As("double"), (y * 3).As("triple")]));
        Compiled.AgreesWithInterpreter([same, .. others]);
    }

    [Fact]
    public void Sums_of_products_that_are_finished_alike_share_a_struct()
    {
        Tensor[] same = [(x.Dot(w, over: [Hidden]) * 2).As("a"), (y.Dot(w, over: [Hidden]) * 2).As("b")];
        Assert.Equal(1, Count("readonly struct Epilogue", same));
        Assert.Equal(2, Count("readonly struct Epilogue", [same[0], (y.Dot(w, over: [Hidden]) * 3).As("b")]));
        Compiled.AgreesWithInterpreter(same);
    }

    static int Count(string head, IReadOnlyList<Tensor> outputs, bool phased = false) =>
        CSharpWriter.Write(LoopProgram.Of(Program.Of("shared", outputs), phased), Target.Host).Split(head).Length - 1;
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Programs;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Loops;

public class TurnPlacesTests
{
    static readonly Axis Batch = new("batch", 6), Wide = new("wide", 100), Other = new("other", 7);

    [Fact]
    public void What_a_row_makes_and_uses_up_lies_where_the_row_before_had_its_own() => Assert.False(MovesAlongBatch(Softmaxes(), "counts"));

    [Fact]
    public void Rows_of_several_threads_have_places_of_their_own() => Assert.True(MovesAlongBatch(Softmaxes(), "counts", phased: true));

    [Fact]
    public void What_others_read_too_has_a_place_for_every_row()
    {
        var counts = Exp(new Input("x", [Batch, Wide])).As("counts");
        Assert.True(MovesAlongBatch(Program.Of("test", [counts / counts.Sum([Wide]), counts.Dot(new Input("w", [Wide, Other]), [Wide])]), "counts"));
    }

    static Program Softmaxes() => Program.Of("test", [Softmax(new Input("x", [Batch, Wide]), [Wide])]);

    static bool MovesAlongBatch(Program program, string name, bool phased = false)
    {
        var accesses = LoopProgram.Of(program, phased).Steps.OfType<NestStep>().SelectMany(nest => nest.All).SelectMany(statement => statement.Accesses).Where(access => access.Value.Name == name).ToList();
        Assert.NotEmpty(accesses);
        return accesses.TrueForAll(access => access.Terms.OfType<VariableTerm>().Any(term => term.Variable.Name.StartsWith("batch", StringComparison.Ordinal)));
    }
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Programs;
using Makemore.Testing;
using Xunit;

namespace Makemore.Tensors.Loops;

/// <summary>How threads share a program.</summary>
public class PhaseTests
{
    static readonly Axis I = new("i", 64), J = new("j", 100), K = new("k", 80);

    [Fact]
    public void A_training_step_has_three_phases() =>
        Expected.Matches("lecture-mlp.phases", LoopProgram.Of(new LectureMlp().Training(), phased: true).ToString());

    [Fact]
    public void A_program_for_one_thread_has_no_phases() => Assert.Empty(LoopProgram.Of(new LectureMlp().Training()).Phases);

    [Fact]
    public void What_keeps_its_rows_is_one_phase()
    {
        Input x = new("x", [I, J]), w = new("w", [J, K]), v = new("v", [K, J]);
        Assert.Equal(["rows i"], Phases(Functions.Softmax(Functions.Tanh(x.Dot(w, [J])).Dot(v, [K]), [J])));
    }

    [Fact]
    public void What_keeps_rows_of_which_each_run_says_how_many_is_one_phase()
    {
        Axis row = Axis.UpTo("row", 64), batch = new("batch", 8), time = new("time", 8);
        Input x = new("x", [row, J]), w = new("w", [J, K]), v = new("v", [K, J]), y = new("y", [row, K]);
        Assert.Equal(["rows row"], Phases(Functions.Softmax(Functions.Tanh(x.Dot(w, [J])).Dot(v, [K]), [J])));
        Assert.Equal(["rows row", "rows j"], Phases(Functions.Exp(x).As("h").Dot(y, [row])));
        var packing = new Packing(
            [new IndexInput("line_of", [row], batch), new IndexInput("time_of", [row], time)], new IndexInput("row_of", [batch, time], row), Functions.PositionAlong(time) < new Input("length", [batch]));
        Assert.Equal(["rows row", "rows batch", "rows row"], Phases(packing.Pack(Functions.Softmax(packing.Unpack(Functions.Tanh(x)), [time]).As("found"))));
    }

    [Fact]
    public void Who_needs_other_rows_waits_for_a_phase()
    {
        Axis other = new("other", K.Length);
        Input x = new("x", [I, J]), w = new("w", [J, K]);
        var h = Functions.Tanh(x.Dot(w, [J])).As("h");
        Assert.Equal(["rows i", "rows k"], Phases(h, h.Dot(h.Rename(K, other), [I])));
    }

    [Fact]
    public void Few_rows_are_cut_into_columns()
    {
        Axis one = new("one", 2), wide = new("wide", 320);
        Assert.Equal(["columns wide"], Phases(new Input("x", [one, J]).Dot(new Input("w", [J, wide]), [J])));
    }

    [Fact]
    public void Little_work_that_follows_other_little_work_stays_on_its_thread()
    {
        var rows = new IndexInput("rows", [I], K);
        var table = new Parameter("table", [K, new Axis("few", 3)], Initializers.Normal(1));
        var gradient = Gradients.Gradient.Of(table[rows].Sum([I, new Axis("few", 3)]), [table])[0].As("gradient");
        Assert.Equal(["on one thread"], LoopProgram.Of(Program.Of("update", [], [new Update(table, table - gradient)]), phased: true).Phases.Select(phase => phase.ToString()));
    }

    static IEnumerable<string> Phases(params Tensor[] outputs) => LoopProgram.Of(Program.Of("test", outputs), phased: true).Phases.Select(phase => phase.ToString());
}

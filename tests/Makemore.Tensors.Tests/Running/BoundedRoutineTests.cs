using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends.Checking;
using Makemore.Tensors.Backends.Interpreter;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Programs;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Running;

/// <summary>Storage and routines where each run says how long an axis is.</summary>
public sealed class BoundedRoutineTests : IDisposable
{
    static readonly Axis Row = Axis.UpTo("row", 4), J = new("j", 3);

    readonly Storage storage = new();
    readonly Input x = new("x", [Row, J]), turned = new("turned", [J, Row]), column = new("column", [Row]);
    readonly IndexInput rows = new("rows", [J], Row);

    public void Dispose() => storage.Dispose();

    [Fact]
    public void The_first_rows_are_written_and_read()
    {
        storage.Write(x, 1, 2, 3, 4, 5, 6);
        storage.Write(column, 7);
        Assert.Equal([1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0], storage.Read(x));
        Assert.Equal([7, 0, 0, 0], storage.Read(column));
        var some = new float[3];
        storage.Read(x, some);
        Assert.Equal([1, 2, 3], some);
        storage.Write(x);
        Assert.Equal("'x' has up to 4 times 3 elements, not 4", Assert.Throws<ArgumentException>(() => storage.Write(x, 1, 2, 3, 4)).Message);
        Assert.Equal("'x' has up to 4 times 3 elements, not 15", Assert.Throws<ArgumentException>(() => storage.Write(x, new float[15])).Message);
        Assert.Equal("'turned' has 12 elements, not 3", Assert.Throws<ArgumentException>(() => storage.Write(turned, 1, 2, 3)).Message);
    }

    [Fact]
    public void An_output_has_as_many_rows_as_the_run_said()
    {
        storage.Write(x, 1, 2, 3, 4, 5, 6);
        using var routine = new Routine(Program.Of("twice", [2 * x, x]), new InterpreterBackend(), storage);
        Assert.Equal(4, routine.Lengths[Row]);
        foreach (var length in new[] { 2, 0, 1 })
        {
            routine.Lengths[Row] = length;
            routine.Run();
            Assert.Equal([.. new float[] { 2, 4, 6, 8, 10, 12 }.Take(3 * length)], routine.Output());
            Assert.Equal([.. new float[] { 1, 2, 3, 4, 5, 6 }.Take(3 * length)], routine.Output(1));
        }
    }

    [Fact]
    public void Where_the_bounded_axis_is_not_the_outermost_rows_keep_their_places()
    {
        storage.Write(turned, [.. Enumerable.Range(0, 12)]);
        using var routine = new Routine(Program.Of("twice", [2 * turned]), new InterpreterBackend(), storage);
        routine.Lengths[Row] = 2;
        routine.Run();
        Assert.Equal([0, 2, 0, 0, 8, 10, 0, 0, 16, 18, 0, 0], routine.Output());
    }

    [Fact]
    public void An_index_beyond_a_runs_length_is_refused_before_anything_runs()
    {
        storage.Write(rows, [0, 3, 1]);
        using var routine = new Routine(Program.Of("chosen", [column[rows]]), new InterpreterBackend(), storage);
        routine.Run();
        routine.Lengths[Row] = 3;
        Assert.StartsWith(
            "index 3 at position 1 of 'rows' lies beyond axis 'row', which is 3 long in this run", Assert.Throws<ArgumentOutOfRangeException>(routine.Run).Message, StringComparison.Ordinal);
        routine.Lengths[Row] = 0;
        Assert.StartsWith("index 0 at position 0 of 'rows'", Assert.Throws<ArgumentOutOfRangeException>(routine.Run).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Indices_that_do_not_exist_may_be_any()
    {
        var pointing = new IndexInput("pointing", [J, Row], Row.Called("key"));
        storage.Write(pointing, [0, 1, 3, 3, 1, 0, 3, 3, 0, 0, 3, 3]);
        storage.Write(column, 5, 6);
        using var routine = new Routine(Program.Of("chosen", [column.Rename(Row, Row.Called("key"))[pointing].Sum([Row])]), new InterpreterBackend(), storage);
        routine.Lengths[Row] = 2;
        routine.Run();
        Assert.Equal([11, 11, 10], routine.Output());
        storage.Write(pointing, [0, 1, 3, 3, 1, 2, 3, 3, 0, 0, 3, 3]);
        Assert.StartsWith("index 2 at position 5 of 'pointing'", Assert.Throws<ArgumentOutOfRangeException>(routine.Run).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_number_that_is_not_finite_is_sought_among_those_that_exist()
    {
        var interpreter = new Interpreter(Program.Of("log", [Log(turned).As("log"), column.Mean([Row]).As("mean")]));
        interpreter[turned].AsSpan().Fill(1);
        interpreter[turned][2] = interpreter[turned][5] = 0;
        interpreter.Lengths[Row] = 1;
        Assert.Null(FiniteCheck.Run(interpreter));
        interpreter.Lengths[Row] = 2;
        Assert.Equal("log[j=1,row=1] is −∞: log[j,row] = log(turned[j,row])\n  turned[j,row]  0..1; there 0", FiniteCheck.Run(interpreter)?.ToString());
        interpreter.Lengths[Row] = 0;
        Assert.Equal("mean is NaN: mean = (Σ[row] column[row])/|row|", FiniteCheck.Run(interpreter)?.ToString());
    }
}

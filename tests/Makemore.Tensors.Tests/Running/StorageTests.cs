using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends.Interpreter;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Programs;
using Xunit;

namespace Makemore.Tensors.Running;

public sealed class StorageTests : IDisposable
{
    static readonly Axis I = new("i", 3), J = new("j", 20), V = new("v", 27);

    readonly Storage storage = new();
    readonly IndexInput rows = new("rows", [I], V);
    readonly Parameter weights = new("weights", [I, J], Initializers.Constant(2));

    public void Dispose() => storage.Dispose();

    [Theory]
    [InlineData(-1)]
    [InlineData(27)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void An_index_outside_its_axis_is_refused_before_anything_is_written(int outside)
    {
        storage.Write(rows, [1, 2, 3]);
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => storage.Write(rows, [4, 26, outside]));
        Assert.StartsWith($"index {outside} at position 2 of 'rows' lies outside the axis v=27", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], storage.Indices(rows).ToArray());
    }

    [Fact]
    public void Too_many_or_too_few_elements_are_refused()
    {
        Assert.Equal("'rows' has 3 elements, not 2", Assert.Throws<ArgumentException>(() => storage.Write(rows, [1, 2])).Message);
        Assert.Equal("'weights' has 60 elements, not 2", Assert.Throws<ArgumentException>(() => storage.Write(weights, 1, 2)).Message);
        Assert.Equal("'rows' holds indices, not numbers", Assert.Throws<ArgumentException>(() => storage.Write((Leaf)rows, 1, 2, 3)).Message);
    }

    [Fact]
    public void Numbers_are_read_as_they_were_written()
    {
        Assert.All(storage.Read(weights), number => Assert.Equal(0, number));
        float[] numbers = [.. Enumerable.Range(0, 60)];
        storage.Write(weights, numbers);
        Assert.Equal(numbers, storage.Read(weights));
        storage.Initialize([weights], new TorchRandom(1));
        Assert.All(storage.Read(weights), number => Assert.Equal(2, number));
    }

    [Fact]
    public void Routines_of_one_storage_share_their_parameters()
    {
        storage.Initialize([weights], new TorchRandom(1));
        using var train = new Routine(Program.Of("train", [], [new Update(weights, weights * 3)]), new InterpreterBackend(), storage);
        using var sample = new Routine(Program.Of("sample", [weights.Sum([I, J])]), new InterpreterBackend(), storage);
        train.Run();
        sample.Run();
        Assert.Equal(360, sample.Output()[0]);
    }

    [Fact]
    public void A_disposed_routine_does_not_run()
    {
        var routine = new Routine(Program.Of("sum", [weights.Sum([I, J])]), new InterpreterBackend(), storage);
        routine.Dispose();
        Assert.Throws<ObjectDisposedException>(routine.Run);
    }
}

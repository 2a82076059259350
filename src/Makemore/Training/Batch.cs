using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Running;
using Makemore.Text;

namespace Makemore.Training;

/// <summary>The examples that a program takes, by their numbers.</summary>
/// <param name="example">All examples.</param>
/// <param name="examples">Those taken together; where that is bounded, each run takes as many as it is given.</param>
public class Batch(Axis example, Axis examples)
{
    /// <summary>The numbers of the examples.</summary>
    public IndexInput Numbers { get; } = new("rows", [examples], example);

    /// <summary>Where in the examples there is something to predict.</summary>
    public virtual Packing Packing => Packing.None;

    /// <summary>How many examples can be taken together.</summary>
    /// <param name="table">All examples.</param>
    /// <param name="from">The first one's number; the others follow it.</param>
    public virtual int Fitting(Examples table, int from) => Math.Min(examples.Length, table.Count - from);

    /// <summary>Sets which examples the next run takes. Allocates nothing.</summary>
    /// <param name="storage">Where the program's inputs are.</param>
    /// <param name="lengths">The lengths of the program's bounded axes.</param>
    /// <param name="table">All examples.</param>
    /// <param name="numbers">The numbers.</param>
    public virtual void Write(Storage storage, AxisLengths lengths, Examples table, ReadOnlySpan<int> numbers)
    {
        storage.Write(Numbers, numbers);
        if (examples.IsBounded)
            lengths[examples] = numbers.Length;
    }
}

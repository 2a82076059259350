using Makemore.Tensors.Running;
using Makemore.Text;

namespace Makemore.Training;

/// <summary>Takes in what a program computed of some examples.</summary>
/// <param name="output">The program's output.</param>
/// <param name="examples">How many examples they were.</param>
delegate void ChunkReader(ReadOnlySpan<float> output, int examples);

/// <summary>Runs a program over as many examples as there are, in their order, as many at once as it takes.</summary>
static class ExampleChunks
{
    /// <summary>Runs it.</summary>
    /// <param name="routine">The program.</param>
    /// <param name="batch">What says which examples it takes.</param>
    /// <param name="storage">Where its inputs are.</param>
    /// <param name="examples">All examples.</param>
    /// <param name="part">Those it runs over.</param>
    /// <param name="read">Called after each run.</param>
    public static void Run(Routine routine, Batch batch, Storage storage, Examples examples, Range part, ChunkReader read)
    {
        var (next, left) = part.GetOffsetAndLength(examples.Count);
        var numbers = new int[batch.Numbers.Shape.Elements];
        while (left > 0)
        {
            var some = numbers.AsSpan(..Math.Min(batch.Fitting(examples, next), left));
            for (var i = 0; i < some.Length; i++)
                some[i] = next + i;
            batch.Write(storage, routine.Lengths, examples, some);
            routine.Run();
            read(routine.Output(), some.Length);
            (next, left) = (next + some.Length, left - some.Length);
        }
    }
}

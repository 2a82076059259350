using Makemore.Tensors.Expressions;
using Makemore.Tensors.Running;

namespace Makemore.Training;

/// <summary>Takes in what a program computed of some examples.</summary>
/// <param name="output">The program's output.</param>
/// <param name="examples">How many examples they were.</param>
delegate void ChunkReader(ReadOnlySpan<float> output, int examples);

/// <summary>Runs a program of up to <see cref="LanguageModelProgram.EvaluationRows"/> rows over as many examples as there are, in their order.</summary>
static class ExampleChunks
{
    /// <summary>Runs it.</summary>
    /// <param name="routine">The program.</param>
    /// <param name="rows">Its input that takes the numbers of the examples.</param>
    /// <param name="storage">Where that is.</param>
    /// <param name="first">The first example.</param>
    /// <param name="length">How many.</param>
    /// <param name="read">Called after each run.</param>
    public static void Run(Routine routine, IndexInput rows, Storage storage, int first, int length, ChunkReader read)
    {
        var chunk = new int[rows.Shape.Elements];
        for (var done = 0; done < length; done += chunk.Length)
        {
            var some = chunk.AsSpan(..Math.Min(chunk.Length, length - done));
            for (var i = 0; i < some.Length; i++)
                some[i] = first + done + i;
            storage.Write(rows, some);
            routine.Lengths[rows.Shape[0]] = some.Length;
            routine.Run();
            read(routine.Output(), some.Length);
        }
    }
}

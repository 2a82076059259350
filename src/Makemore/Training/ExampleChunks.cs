using Makemore.Tensors.Expressions;
using Makemore.Tensors.Running;

namespace Makemore.Training;

/// <summary>Takes in what a program computed of some examples.</summary>
/// <param name="output">The program's output.</param>
/// <param name="examples">How many of its rows count.</param>
delegate void ChunkReader(ReadOnlySpan<float> output, int examples);

/// <summary>Runs a program of <see cref="LanguageModelProgram.EvaluationRows"/> rows over as many examples as there are, in their order.</summary>
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
        var chunk = new int[LanguageModelProgram.EvaluationRows];
        for (var done = 0; done < length; done += chunk.Length)
        {
            // Places past the end repeat the last example, and are not counted.
            var some = Math.Min(chunk.Length, length - done);
            for (var i = 0; i < chunk.Length; i++)
                chunk[i] = first + done + Math.Min(i, some - 1);
            storage.Write(rows, chunk);
            routine.Run();
            read(routine.Output(), some);
        }
    }
}

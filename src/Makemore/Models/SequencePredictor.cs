using Makemore.Tensors.Backends;
using Makemore.Tensors.Running;
using Makemore.Text;

namespace Makemore.Models;

/// <summary>A model of sequences with its parameters: the softmax of its logits at each line's last character.</summary>
/// <remarks>
/// Contexts that follow each other, each with one character more, are one line: a model that predicts at every position answers them all at
/// once. Of a line that is longer than the model has positions it sees the end, as in makemore.py.
/// </remarks>
public sealed class SequencePredictor : NetworkPredictor
{
    readonly int[] lines;

    /// <summary>A predictor of a model; it sees what training changes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="storage">Its parameters; it must outlive the predictor.</param>
    /// <param name="backend">What compiles the model.</param>
    /// <param name="rows">The most lines that are computed at once; fewer where lines are long.</param>
    public SequencePredictor(SequenceModel model, Storage storage, IBackend backend, int rows = 1)
        : base(model, storage, backend, model.RowsAtOnce(rows)) => lines = new int[MostRows * Block];

    /// <inheritdoc/>
    public override void Predict(ReadOnlySpan<int> contexts, Span<double> probabilities)
    {
        var (row, first) = (0, 0);
        for (var i = 0; i < contexts.Length / Block; i++)
        {
            var line = Line(contexts, i);
            if (i > first && !IsOneMore(Line(contexts, i - 1), line) && ++row == MostRows)
            {
                Answer(row, contexts[(first * Block)..(i * Block)], probabilities[(first * Tokens)..]);
                (row, first) = (0, i);
            }

            line.CopyTo(lines.AsSpan(row * Block));
        }

        Answer(row + 1, contexts[(first * Block)..], probabilities[(first * Tokens)..]);
    }

    // Runs some lines and picks the positions of their contexts. What follows a line's end in its row nobody sees.
    void Answer(int rows, ReadOnlySpan<int> contexts, Span<double> probabilities)
    {
        var computed = Run(lines.AsSpan(..(rows * Block)));
        var row = 0;
        for (var i = 0; i < contexts.Length / Block; i++)
        {
            var line = Line(contexts, i);
            if (i > 0 && !IsOneMore(Line(contexts, i - 1), line))
                row++;
            var position = (row * Block) + line.Length - 1;
            for (var token = 0; token < Tokens; token++)
                probabilities[(i * Tokens) + token] = computed[(position * Tokens) + token];
        }
    }

    static bool IsOneMore(ReadOnlySpan<int> shorter, ReadOnlySpan<int> longer) => longer.Length == shorter.Length + 1 && longer[..^1].SequenceEqual(shorter);

    // From the marker before the first character on.
    ReadOnlySpan<int> Line(ReadOnlySpan<int> contexts, int number)
    {
        var context = contexts.Slice(number * Block, Block);
        var first = context.IndexOfAnyExcept(Vocabulary.EndMarker);
        return context[(first < 0 ? Block - 1 : Math.Max(first - 1, 0))..];
    }
}

using Makemore.Models.Layers;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Running;

namespace Makemore.Models;

/// <summary>
/// A model that reads a whole line from its beginning and predicts at every position, as those of makemore.py do: position t sees the
/// marker and the first t characters, and nothing that comes after.
/// </summary>
/// <param name="vocab">The characters and the end marker.</param>
/// <param name="time">The positions of a line: as many as the longest has characters, and one for its end.</param>
public abstract class SequenceModel(Axis vocab, Axis time) : LanguageModel(vocab, time)
{
    // Which attention has numbers for.
    const int MostPairsOfPositions = 1 << 19;

    /// <summary>The positions of a line.</summary>
    public Axis Time => Block;

    /// <summary>The logits of what comes next, at each position.</summary>
    /// <param name="characters">[batch, time], pointing into the vocabulary: a marker, the characters, and anything after them.</param>
    /// <returns>[batch, time, vocab].</returns>
    public sealed override Tensor Logits(Tensor characters) => Logits(characters, Packing.None);

    /// <summary>The logits of what comes next, at each position where there is a character.</summary>
    /// <param name="characters">[batch, time], pointing into the vocabulary: a marker, the characters, and anything after them.</param>
    /// <param name="packing">Which positions those are. The model packs what it computes of each by itself, and unpacks what looks along lines.</param>
    /// <returns>[row, vocab]; [batch, time, vocab] where nothing is packed.</returns>
    public abstract Tensor Logits(Tensor characters, Packing packing);

    /// <summary>How many lines are computed at once where up to so many may be: fewer where they are long.</summary>
    internal int RowsAtOnce(int most) => Math.Clamp(MostPairsOfPositions / (Time.Length * Time.Length), 1, most);

    /// <inheritdoc/>
    public override Tensor StepAnew(LineStep step) => Logits(step.Line)[step.Position];

    /// <inheritdoc/>
    public override IPredictor Predictor(Storage storage, IBackend backend, int rows = 1) => new SequencePredictor(this, storage, backend, rows);
}

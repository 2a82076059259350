using Makemore.Models.Layers;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;

namespace Makemore.Models;

/// <summary>The Transformer of makemore.py, which is GPT-2 (Radford et al. 2019): embeddings of characters and positions, blocks, a layer norm, logits.</summary>
public sealed class Transformer : SequenceModel
{
    readonly Embedding characters, positions;
    readonly TransformerBlock[] blocks;
    readonly LayerNorm norm;
    readonly Linear head;

    /// <summary>A model of these sizes.</summary>
    /// <param name="vocab">The characters and the end marker.</param>
    /// <param name="time">The positions of a line.</param>
    /// <param name="embed">The features.</param>
    /// <param name="layers">How many blocks there are.</param>
    /// <param name="heads">How many heads each has.</param>
    public Transformer(Axis vocab, Axis time, Axis embed, int layers, int heads)
        : base(vocab, time)
    {
        characters = new("transformer.wte", vocab, embed);
        positions = new("transformer.wpe", time, embed);
        blocks = [.. Enumerable.Range(0, layers).Select(layer => new TransformerBlock($"transformer.h.{layer}", time, embed, heads))];
        norm = new("transformer.ln_f", embed);
        head = new("lm_head", embed, vocab, hasBias: false);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters =>
        [characters.Weight, positions.Weight, .. blocks.SelectMany(block => block.Parameters), .. norm.Parameters, .. head.Parameters];

    /// <inheritdoc/>
    public override Tensor Logits(Tensor characters, Packing packing)
    {
        var x = (this.characters.Of(packing.Pack(characters)) + packing.Pack(positions.Weight)).As("emb");
        return head.Of(norm.Of(blocks.Aggregate(x, (input, block) => block.Of(input, packing)))).As("logits");
    }

    /// <inheritdoc/>
    public override Tensor Step(LineStep step)
    {
        var x = (characters.Of(step.Character) + positions.Of(step.Position)).As("emb");
        return head.Of(norm.Of(blocks.Aggregate(x, (input, block) => block.Step(input, step)))).As("logits");
    }
}

using Makemore.Models.Layers;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;

namespace Makemore.Models;

/// <summary>Long short-term memory (Hochreiter and Schmidhuber 1997; Gers et al. 2000) in the place of makemore.py's recurrent cell: <c>torch.nn.LSTM</c>, read out at each position.</summary>
public sealed class Lstm : SequenceModel
{
    readonly Axis hidden;
    readonly Embedding characters;
    readonly LstmLayer[] layers;
    readonly Linear head;

    /// <summary>A model of these sizes.</summary>
    /// <param name="vocab">The characters and the end marker.</param>
    /// <param name="time">The positions of a line.</param>
    /// <param name="embed">Numbers that stand for a character.</param>
    /// <param name="hidden">The features of a state.</param>
    /// <param name="layers">How many layers there are; each reads the states of the one before.</param>
    public Lstm(Axis vocab, Axis time, Axis embed, Axis hidden, int layers)
        : base(vocab, time)
    {
        this.hidden = hidden;
        characters = new("wte", vocab, embed);
        this.layers = [.. Enumerable.Range(0, layers).Select(layer => new LstmLayer("lstm", layer, layer == 0 ? embed : hidden, hidden))];
        head = new("lm_head", hidden, vocab);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [characters.Weight, .. layers.SelectMany(layer => layer.Parameters), .. head.Parameters];

    /// <inheritdoc/>
    public override Tensor Logits(Tensor characters, Packing packing)
    {
        var batch = characters.Shape.Without([Time]);
        var emb = this.characters.Of(packing.Pack(characters)).As("emb");
        var states = layers.Aggregate(emb, (inputs, layer) => packing.Pack(layer.Run(inputs, batch, Time, packing).Permute([.. batch, Time, hidden])));
        return head.Of(states).As("logits");
    }

    /// <inheritdoc/>
    public override Tensor Step(LineStep step) =>
        head.Of(layers.Aggregate(characters.Of(step.Character).As("emb"), (input, layer) => layer.Step(input, step))).As("logits");
}

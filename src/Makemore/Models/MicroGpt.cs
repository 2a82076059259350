using Makemore.Models.Layers;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Models;

/// <summary>The GPT of Karpathy's microgpt.py: a Transformer with root-mean-square norms that learn nothing, ReLU, and no biases.</summary>
public sealed class MicroGpt : SequenceModel
{
    readonly Axis embed, head, channel, heads;
    readonly Parameter wte, wpe, lmHead;
    readonly Layer[] layers;

    /// <summary>A model of these sizes.</summary>
    /// <param name="vocab">The characters and the end marker.</param>
    /// <param name="time">The positions of a line.</param>
    /// <param name="embed">The features.</param>
    /// <param name="layers">How many blocks there are.</param>
    /// <param name="heads">How many heads each has.</param>
    public MicroGpt(Axis vocab, Axis time, Axis embed, int layers, int heads)
        : base(vocab, time)
    {
        this.embed = embed;
        (head, channel, this.heads) = (new("head", heads), new("channel", embed.Length / heads), new("heads", embed.Length));
        (wte, wpe, lmHead) = (Matrix("wte", vocab, embed), Matrix("wpe", time, embed), Matrix("lm_head", vocab, embed));
        this.layers = [.. Enumerable.Range(0, layers).Select(layer => new Layer($"layer{layer}", embed, this.heads))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [wte, wpe, lmHead, .. layers.SelectMany(layer => layer.Parameters)];

    /// <inheritdoc/>
    public override Tensor Logits(Tensor characters, Packing packing) =>
        Logits(wte[packing.Pack(characters)] + packing.Pack(wpe), packing, (layer, query, key, value) => CausalSelfAttention.Attend(query, key, value, packing.Trimmed, Time, channel));

    /// <inheritdoc/>
    public override Tensor Step(LineStep step) =>
        Logits(wte[step.Character] + wpe[step.Position], Packing.None, (layer, query, key, value) => CausalSelfAttention.Attend(query, key, value, channel, step, layer.Name));

    Tensor Logits(Tensor embedded, Packing packing, Func<Layer, Tensor, Tensor, Tensor, Tensor> attend)
    {
        var x = Norm(embedded.As("emb"));
        foreach (var layer in layers)
        {
            var input = Norm(x);
            Tensor Heads(Parameter weight, string name) => packing.Trimmed.Unpack(input.Dot(weight, over: [embed]).As(name)).Split(heads, [head, channel]);
            var found = attend(layer, Heads(layer.Query, "query"), Heads(layer.Key, "key"), Heads(layer.Value, "value"));
            var attended = (x + found.Dot(layer.Output.Split(heads, [head, channel]), over: [head, channel])).As("attended");
            var h = Relu(Norm(attended).Dot(layer.Widen, over: [embed])).As("h");
            x = (attended + h.Dot(layer.Narrow, over: [layer.Hidden])).As("block");
        }

        return x.Dot(lmHead, over: [embed]).As("logits");
    }

    Tensor Norm(Tensor x) => RmsNorm(x, [embed], 1);

    static Parameter Matrix(string name, Axis to, Axis from) => new(name, [to, from], Initializers.Normal(0.08));

    sealed class Layer(string name, Axis embed, Axis heads)
    {
        public string Name { get; } = name;

        public Axis Hidden { get; } = new("hidden", 4 * embed.Length);

        public Parameter Query { get; } = Matrix($"{name}.attn_wq", heads, embed);

        public Parameter Key { get; } = Matrix($"{name}.attn_wk", heads, embed);

        public Parameter Value { get; } = Matrix($"{name}.attn_wv", heads, embed);

        public Parameter Output { get; } = Matrix($"{name}.attn_wo", embed, heads);

        public Parameter Widen { get; } = Matrix($"{name}.mlp_fc1", new("hidden", 4 * embed.Length), embed);

        public Parameter Narrow { get; } = Matrix($"{name}.mlp_fc2", embed, new("hidden", 4 * embed.Length));

        public IReadOnlyList<Parameter> Parameters => [Query, Key, Value, Output, Widen, Narrow];
    }
}

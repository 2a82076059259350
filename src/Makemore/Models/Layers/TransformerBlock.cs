using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Models.Layers;

/// <summary>Attention, then a net of two layers, each after a layer norm and added to what it read (Radford et al. 2019, GPT-2).</summary>
/// <param name="name">The module's name.</param>
/// <param name="time">The positions.</param>
/// <param name="embed">The features.</param>
/// <param name="heads">How many heads the attention has.</param>
public sealed class TransformerBlock(string name, Axis time, Axis embed, int heads)
{
    readonly LayerNorm beforeAttention = new($"{name}.ln_1", embed);
    readonly CausalSelfAttention attention = new($"{name}.attn", time, embed, heads);
    readonly LayerNorm beforeNet = new($"{name}.ln_2", embed);
    readonly Linear widen = new($"{name}.mlp.c_fc", embed, Hidden(embed));
    readonly Linear narrow = new($"{name}.mlp.c_proj", Hidden(embed), embed);

    /// <summary>Those of the norms, the attention and the net.</summary>
    public IReadOnlyList<Parameter> Parameters =>
        [.. beforeAttention.Parameters, .. attention.Parameters, .. beforeNet.Parameters, .. widen.Parameters, .. narrow.Parameters];

    /// <summary>The block's result.</summary>
    /// <param name="x">[batch, time, embed], or packed [row, embed].</param>
    /// <param name="packing">How it is packed.</param>
    public Tensor Of(Tensor x, Packing packing) => WithNet((x + attention.Of(beforeAttention.Of(x), packing)).As("attended"));

    /// <summary>The block's result at one more position of lines that grow.</summary>
    /// <param name="x">[batch, embed].</param>
    /// <param name="step">What keeps the positions before.</param>
    public Tensor Step(Tensor x, LineStep step) => WithNet((x + attention.Step(beforeAttention.Of(x), step)).As("attended"));

    Tensor WithNet(Tensor attended) =>
        (attended + narrow.Of(Gelu(widen.Of(beforeNet.Of(attended)).As("preact")).As("h"))).As("block");

    static Axis Hidden(Axis embed) => new("hidden", 4 * embed.Length);
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Models.Layers;

/// <summary>
/// Scaled dot-product attention of several heads (Vaswani et al. 2017), in which no position sees those after it:
/// softmax(q·k/√channels)·v for each head, between a projection to queries, keys and values and one back.
/// </summary>
/// <param name="name">The module's name, before <c>.c_attn</c> and <c>.c_proj</c>.</param>
/// <param name="time">The positions.</param>
/// <param name="embed">The features; the heads divide them among themselves.</param>
/// <param name="heads">How many heads there are.</param>
public sealed class CausalSelfAttention(string name, Axis time, Axis embed, int heads)
{
    readonly Axis head = new("head", heads), channel = new("channel", embed.Length / heads);
    readonly Linear project = new($"{name}.c_attn", embed, new("qkv", 3 * embed.Length));
    readonly Linear back = new($"{name}.c_proj", new("heads", embed.Length), embed);

    /// <summary>Those of <c>c_attn</c> and <c>c_proj</c>.</summary>
    public IReadOnlyList<Parameter> Parameters => [.. project.Parameters, .. back.Parameters];

    /// <summary>The layer's result.</summary>
    /// <param name="x">[batch, time, embed], or packed [row, embed].</param>
    /// <param name="packing">How it is packed: only the attention itself looks along lines.</param>
    public Tensor Of(Tensor x, Packing packing)
    {
        Axis part = new("part", 3), qkv = project.Weight.Shape[0];
        var parts = packing.Trimmed.Unpack(project.Of(x).As("qkv")).Split(qkv, [part, head, channel]);
        return back.Of(Attend(parts.At(part, 0), parts.At(part, 1), parts.At(part, 2), packing.Trimmed, time, channel), [head, channel]);
    }

    /// <summary>The layer's result at one more position of lines that grow.</summary>
    /// <param name="x">[batch, embed].</param>
    /// <param name="step">What keeps the keys and values of the positions before.</param>
    public Tensor Step(Tensor x, LineStep step)
    {
        Axis part = new("part", 3), qkv = project.Weight.Shape[0];
        var parts = project.Of(x).As("qkv").Split(qkv, [part, head, channel]);
        return back.Of(Attend(parts.At(part, 0), parts.At(part, 1), parts.At(part, 2), channel, step, name), [head, channel]);
    }

    /// <summary>What the heads find, for queries, keys and values.</summary>
    /// <param name="query">[batch, time, head, channel].</param>
    /// <param name="key">[batch, time, head, channel].</param>
    /// <param name="value">[batch, time, head, channel].</param>
    /// <param name="packing">How these lie side by side, and how what is found is packed.</param>
    /// <param name="positions">The positions, where nothing is packed.</param>
    /// <param name="channel">The features of a head.</param>
    /// <returns>[row, head, channel]; [batch, time, head, channel] where nothing is packed.</returns>
    internal static Tensor Attend(Tensor query, Tensor key, Tensor value, Packing packing, Axis positions, Axis channel)
    {
        var time = packing.Positions(positions);
        var past = time.Called("past");

        // Queries lie in the lanes: maxima and sums over what they see then run down registers.
        var scores = key.Rename(time, past).Dot(query, over: [channel]).As("scores") * (1 / Math.Sqrt(channel.Length));
        var attention = Softmax(Causal(scores, time, past), [past]).As("attention");
        return packing.Pack(attention.Dot(value.Rename(time, past), over: [past]).Permute(query.Shape).As("found"));
    }

    /// <summary>What the heads find at one more position, which sees those before it and itself.</summary>
    /// <param name="query">[batch, head, channel].</param>
    /// <param name="key">[batch, head, channel].</param>
    /// <param name="value">[batch, head, channel].</param>
    /// <param name="channel">The features of a head.</param>
    /// <param name="step">What keeps the keys and values of the positions before.</param>
    /// <param name="name">What these are called.</param>
    /// <returns>[batch, head, channel].</returns>
    internal static Tensor Attend(Tensor query, Tensor key, Tensor value, Axis channel, LineStep step, string name)
    {
        var past = new Axis("past", step.Position.Into.Length);
        var heads = query.Shape.Without([channel]);
        var keys = step.Past($"{name}.keys", key, [.. heads, channel, past]);
        var values = step.Past($"{name}.values", value, [.. heads, past, channel]);

        // Each line has keys of its own, and one query: no product, but sums that are made where keys and values are read.
        var scores = (query * keys).Sum([channel]).As("scores") * (1 / Math.Sqrt(channel.Length));
        var attention = Softmax(Where(PositionAlong(past) <= step.Position, scores, double.NegativeInfinity), [past]).As("attention");
        return (attention * values).Sum([past]).As("found");
    }
}

using Makemore.Models.Layers;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Models;

/// <summary>
/// WaveNet (van den Oord et al. 2016) on a window of characters: causal convolutions of two taps with dilations 1, 2, 4, …, gated units,
/// a residual connection around each, and the sum of what each gives to the output.
/// </summary>
/// <remarks>
/// The window is as long as the last character's receptive field, and only what that character needs is computed. After the layer of
/// dilation d those are the positions 2·d apart; they lie beside each other, so the next layer's dilation of 2·d is a neighbour.
/// </remarks>
public sealed class DilatedWaveNet : LanguageModel
{
    static readonly Axis Tap = new("tap", 2);

    readonly Embedding embedding;
    readonly List<Layer> layers = [];
    readonly LectureLinear mix;
    readonly LectureLinear output;

    /// <summary>The model.</summary>
    /// <param name="vocab">The characters and the end marker.</param>
    /// <param name="block">The characters of a context: 2, 4, 8, …</param>
    /// <param name="hidden">The channels of the residual connections, of the gated units and of the output's two layers.</param>
    public DilatedWaveNet(Axis vocab, Axis block, int hidden)
        : base(vocab, block)
    {
        Axis channel = new("channel", hidden), gated = new("gated", hidden), skip = new("skip", hidden), mixed = new("mixed", hidden);
        embedding = new("embedding", vocab, channel);
        for (var time = block.Length / 2; time > 0; time /= 2)
        {
            // Nothing comes after the last layer's residual connection.
            var name = $"layers.{layers.Count}";
            var residual = time > 1 ? new LectureLinear($"{name}.residual", [gated], channel) : null;
            layers.Add(new(new($"time{layers.Count + 1}", time), new(name, Tap, channel, gated), new($"{name}.skip", [gated], skip), residual));
        }

        mix = new("mix", [skip], mixed);
        output = new("output", [mixed], vocab);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters =>
        [.. embedding.Parameters, .. layers.SelectMany(layer => layer.Parameters), .. mix.Parameters, .. output.Parameters];

    /// <inheritdoc/>
    public override Tensor Logits(Tensor characters)
    {
        var (x, time) = (embedding.Of(characters).As("emb"), Block);
        Tensor skips = 0;
        foreach (var layer in layers)
        {
            var gated = layer.Gated.Of(x, time, layer.Time, stride: 2).As("gated");
            skips += layer.Skip.Of(gated.At(layer.Time, layer.Time.Length - 1)).As("skip");
            if (layer.Residual is { } residual)
                x = (x.Slice(time, 1, layer.Time, step: 2) + residual.Of(gated).As("residual")).As("x");
            time = layer.Time;
        }

        var mixed = Relu(mix.Of(Relu(skips.As("skips")).As("skipped"))).As("mixed");
        return output.Of(mixed).As("logits");
    }

    sealed record Layer(Axis Time, GatedConvolution Gated, LectureLinear Skip, LectureLinear? Residual)
    {
        public IReadOnlyList<Parameter> Parameters => [.. Gated.Parameters, .. Skip.Parameters, .. Residual?.Parameters ?? []];
    }
}

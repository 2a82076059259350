using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Loops;
using Makemore.Testing;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Programs;

/// <summary>Programs and their loops as a reader sees them. A change of these texts is to be read, not waved through.</summary>
public class ProgramTextTests
{
    static readonly Axis Batch = new("batch", 4), Time = new("time", 6), Key = new("key", 6), Channel = new("channel", 8), Vocab = new("vocab", 27);

    [Fact]
    public void Training_of_the_lectures_MLP() => Check("mlp-train", new LectureMlp().Training());

    [Fact]
    public void Evaluation_of_the_lectures_MLP() => Check("mlp-evaluate", Program.Of("evaluate", [new LectureMlp().Loss]));

    [Fact]
    public void Softmax_with_its_gradient()
    {
        var logits = new Parameter("logits", [Batch, Vocab], Initializers.Normal(1));
        var counts = Exp(logits - logits.Max([Vocab]).Detach()).As("counts");
        var probabilities = (counts / counts.Sum([Vocab])).As("probs");
        var loss = (probabilities * new Input("weights", [Batch, Vocab])).Sum([Batch, Vocab]).As("loss");
        Check("softmax", Program.Of("softmax", [probabilities, .. Gradient.Of(loss, [logits])]));
    }

    [Fact]
    public void Two_products_summed_in_a_recurrent_cell()
    {
        var (x, h) = (new Input("x", [Batch, Channel]), new Input("h", [Batch, Key]));
        Parameter wx = new("Wx", [Channel, Time], Initializers.Normal(1)), wh = new("Wh", [Key, Time], Initializers.Normal(1)), bias = new("b", [Time], Initializers.Normal(1));
        Check("recurrent-cell", Program.Of("cell", [Tanh(x.Dot(wx, [Channel]) + h.Dot(wh, [Key]) + bias).As("next")]));
    }

    [Fact]
    public void Attention()
    {
        Input q = new("q", [Batch, Time, Channel]), k = new("k", [Batch, Key, Channel]), v = new("v", [Batch, Key, Channel]);
        var scores = (q.Dot(k, [Channel]) * (1 / Math.Sqrt(Channel.Length))).As("scores");
        var weights = Exp(scores - scores.Max([Key]));
        Check("attention", Program.Of("attention", [(weights / weights.Sum([Key])).As("attention").Dot(v, [Key]).As("y")]));
    }

    [Fact]
    public void Causal_attention_with_its_gradient()
    {
        Parameter q = Weight("q", [Batch, Time, Channel]), k = Weight("k", [Batch, Key, Channel]), v = Weight("v", [Batch, Key, Channel]);
        var scores = Causal(q.Dot(k, [Channel]) * (1 / Math.Sqrt(Channel.Length)), Time, Key).As("scores");
        var y = Softmax(scores, [Key]).As("attention").Dot(v, [Key]).As("y");
        Check("causal-attention", Program.Of("attention", [y, .. Gradient.Of(Loss(y), [q, k, v])]));
    }

    [Fact]
    public void Layer_norm_with_its_gradient()
    {
        Parameter x = Weight("x", [Batch, Channel]), weight = Weight("weight", [Channel]), bias = Weight("bias", [Channel]);
        var y = LayerNorm(x, [Channel], weight, bias).As("y");
        Check("layer-norm", Program.Of("layer_norm", [y, .. Gradient.Of(Loss(y), [x, weight, bias])]));
    }

    [Fact]
    public void Batch_norm_with_its_gradient_and_running_statistics()
    {
        Parameter x = Weight("x", [Batch, Channel]), weight = Weight("weight", [Channel]), bias = Weight("bias", [Channel]);
        Parameter mean = Weight("running_mean", [Channel]), variance = Weight("running_variance", [Channel]);
        var y = BatchNorm(x, [Batch], weight, bias).As("y");
        Check("batch-norm", Program.Of(
            "batch_norm",
            [y, .. Gradient.Of(Loss(y), [x, weight, bias])],
            [new(mean, (0.9 * mean) + (0.1 * x.Mean([Batch]))), new(variance, (0.9 * variance) + (0.1 * Variance(x, [Batch], unbiased: true)))]));
    }

    [Fact]
    public void Rms_norm_with_its_gradient()
    {
        Parameter x = Weight("x", [Batch, Channel]), weight = Weight("weight", [Channel]);
        var y = RmsNorm(x, [Channel], weight).As("y");
        Check("rms-norm", Program.Of("rms_norm", [y, .. Gradient.Of(Loss(y), [x, weight])]));
    }

    [Fact]
    public void Activations_with_their_gradients()
    {
        Func<Tensor, Tensor>[] functions = [Gelu, Silu, Relu, Sigmoid, Tanh, Abs];
        var pairs = functions.Select(function => (Function: function, X: Weight($"{function.Method.Name}_x", [Batch, Channel]))).Select(pair => (pair.X, Y: pair.Function(pair.X).As(pair.Function.Method.Name)));
        Check("activations", Program.Of("activations", [.. pairs.SelectMany(pair => new[] { pair.Y, Gradient.Of(Loss(pair.Y), [pair.X])[0] })]));
    }

    [Fact]
    public void Cross_entropy_of_the_targets_that_count()
    {
        var logits = Weight("logits", [Batch, Time, Vocab]);
        var counted = PositionAlong(Time) < new Input("lengths", [Batch]);
        var loss = MeanCrossEntropy(logits, new IndexInput("targets", [Batch, Time], Vocab), counted).As("loss");
        Check("counted-cross-entropy", Program.Of("cross_entropy", [loss, .. Gradient.Of(loss, [logits])]));
    }

    static Parameter Weight(string name, Shape shape) => new(name, shape, Initializers.Normal(1));

    static Tensor Loss(Tensor y) => (y * new Input($"{y.Name}_weights", y.Shape)).Sum(y.Shape);

    // Lecture part 6: pairs of neighbours are flattened into one, level by level.
    [Fact]
    public void Hierarchy_of_consecutive_characters_with_its_gradients()
    {
        Axis bit = new("bit", 2), pair = new("pair", 4), quad = new("quad", 2), context = new("time", 8), embed = new("embed", 16), hidden = new("hidden", 32), wide = new("wide", 32);
        var x = new IndexInput("x", [Batch, context], Vocab);
        Parameter Weights(string name, Shape shape) => new(name, shape, Initializers.Normal(1));
        Parameter c = Weights("C", [Vocab, embed]), w1 = Weights("W1", [bit, embed, hidden]), w2 = Weights("W2", [bit, hidden, wide]), w3 = Weights("W3", [quad, wide]);
        var h1 = Tanh(c[x].As("emb").Split(context, [pair, bit]).Dot(w1, [bit, embed])).As("h1");
        var h2 = Tanh(h1.Split(pair, [quad, bit]).Dot(w2, [bit, hidden])).As("h2");
        var loss = h2.Dot(w3, [quad, wide]).Mean([Batch]).As("loss");
        Check("hierarchy", Program.Of("hierarchy", [loss, .. Gradient.Of(loss, [c, w1, w2])]));
    }

    static void Check(string name, Program program)
    {
        Expected.Matches($"{name}.program", program.ToString());
        Expected.Matches($"{name}.loops", LoopProgram.Of(program).ToString());
    }
}

using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Programs;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Testing;

/// <summary>The model of the lectures' parts 2 and 3, with the names that the lectures give its tensors.</summary>
sealed class LectureMlp
{
    /// <summary>The expressions, for these sizes; those of the lectures by default.</summary>
    public LectureMlp(int batch = 32, int examples = 182625, int block = 3, int vocab = 27, int embed = 10, int hidden = 200)
    {
        Axis batchAxis = new("batch", batch), example = new("example", examples), blockAxis = new("block", block);
        Axis vocabAxis = new("vocab", vocab), embedAxis = new("embed", embed), hiddenAxis = new("hidden", hidden);
        Contexts = new("contexts", [example, blockAxis], vocabAxis);
        Targets = new("targets", [example], vocabAxis);
        Rows = new("rows", [batchAxis], example);
        C = new("C", [vocabAxis, embedAxis], Initializers.Normal(1));
        W1 = new("W1", [blockAxis, embedAxis, hiddenAxis], Initializers.KaimingNormal(Initializers.TanhGain, blockAxis, embedAxis));
        b1 = new("b1", [hiddenAxis], Initializers.Normal(0.01));
        W2 = new("W2", [hiddenAxis, vocabAxis], Initializers.Normal(0.01));
        b2 = new("b2", [vocabAxis], Initializers.Normal(0));

        var x = Contexts[Rows].As("x");
        var y = Targets[Rows].As("y");
        var emb = C[x].As("emb");
        var preact = (emb.Dot(W1, [blockAxis, embedAxis]) + b1).As("preact");
        var h = Tanh(preact).As("h");
        Logits = (h.Dot(W2, [hiddenAxis]) + b2).As("logits");
        Loss = CrossEntropy(Logits, y).Mean([batchAxis]).As("loss");
    }

    public IndexInput Contexts { get; }

    public IndexInput Targets { get; }

    public IndexInput Rows { get; }

    public Input LearningRate { get; } = new("lr", Shape.Scalar);

    public Parameter C { get; }

    public Parameter W1 { get; }

    public Parameter b1 { get; }

    public Parameter W2 { get; }

    public Parameter b2 { get; }

    public Parameter[] Parameters => [C, W1, b1, W2, b2];

    public Tensor Logits { get; }

    public Tensor Loss { get; }

    /// <summary>One step of gradient descent.</summary>
    public Program Training() => Program.Of(
        "train", [Loss], [.. Parameters.Zip(Gradient.Of(Loss, Parameters), (parameter, gradient) => new Update(parameter, parameter - (LearningRate * gradient)))]);
}

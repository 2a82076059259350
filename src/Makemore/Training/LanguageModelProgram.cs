using Makemore.Models;
using Makemore.Models.Layers;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Programs;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Training;

/// <summary>A model's programs over one table of examples: a training step, and the loss of each of some rows.</summary>
public sealed class LanguageModelProgram
{
    /// <summary>The most rows that an evaluation takes at once.</summary>
    public const int EvaluationRows = 512;

    readonly LanguageModel model;
    readonly Axis example;

    /// <summary>The programs of a model for a table of that many examples.</summary>
    public LanguageModelProgram(LanguageModel model, int examples)
    {
        this.model = model;
        example = new Axis("example", examples);
        Contexts = new IndexInput("contexts", [example, model.Block], model.Vocab);
        Targets = new IndexInput("targets", [example], model.Vocab);
        LearningRate = new Input("lr", Shape.Scalar);
    }

    /// <summary>The contexts of all examples: [example, block].</summary>
    public IndexInput Contexts { get; }

    /// <summary>What follows each context: [example].</summary>
    public IndexInput Targets { get; }

    /// <summary>The learning rate of a training step.</summary>
    public Input LearningRate { get; }

    /// <summary>One step of training: gather the batch, forward, backward, update. The output is the batch's mean loss, and the model's penalty with it.</summary>
    /// <param name="batch">Examples in a batch.</param>
    /// <param name="optimizer">How the model's parameters move; null for stochastic gradient descent.</param>
    /// <param name="clip">The norm that the gradients may have; 0 for any.</param>
    /// <returns>The program, and the input that takes the rows of the batch.</returns>
    public (Program Program, IndexInput Rows) Train(int batch, Optimizer? optimizer = null, double clip = 0)
    {
        var rows = Rows(new Axis("batch", batch));
        var pass = Pass.Training();
        var mean = Losses(rows, pass).Mean(rows.Shape);
        var loss = (model.Penalty is { } penalty ? mean.As("surprise") + penalty : mean).As("loss");
        var gradients = Gradient.Of(loss, model.Parameters);
        if (clip > 0)
            gradients = GradientClipping.Clip(gradients, clip);
        optimizer ??= new Sgd(model.Parameters, new());
        return (Program.Of("train", [loss], [.. optimizer.Updates(gradients, LearningRate), .. pass.Normalized.SelectMany(values => values.Updates)]), rows);
    }

    /// <summary>The loss of each of some examples: of as many as a run says, up to <see cref="EvaluationRows"/>.</summary>
    public (Program Program, IndexInput Rows) Evaluate()
    {
        var rows = Rows(Axis.UpTo("batch", EvaluationRows));
        return (Program.Of("evaluate", [Losses(rows, Pass.Evaluation()).As("losses")]), rows);
    }

    /// <summary>What a model's norms see of up to <see cref="EvaluationRows"/> examples, in their order; the program's output has the axes of the batch first.</summary>
    public IReadOnlyList<(Program Program, IndexInput Rows, NormalizedValues Norm)> Calibrate()
    {
        var rows = Rows(Axis.UpTo("batch", EvaluationRows));
        var pass = Pass.Evaluation();
        model.Logits(Contexts[rows].As("x"), pass);
        return [.. pass.Normalized.Select(norm => (Program.Of("calibrate", [norm.Values.Permute([.. norm.Over, .. norm.Mean.Shape])]), rows, norm))];
    }

    IndexInput Rows(Axis batch) => new("rows", [batch], example);

    Tensor Losses(IndexInput rows, Pass pass) => CrossEntropy(model.Logits(Contexts[rows].As("x"), pass), Targets[rows].As("y"));
}

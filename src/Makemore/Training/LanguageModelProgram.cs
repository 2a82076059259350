using Makemore.Models;
using Makemore.Models.Layers;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Running;
using Makemore.Text;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Training;

/// <summary>A model's programs over one table of examples: a training step, and the loss of each of some rows.</summary>
public sealed class LanguageModelProgram
{
    readonly LanguageModel model;
    readonly Axis example;

    /// <summary>The programs of a model for a table of that many examples.</summary>
    public LanguageModelProgram(LanguageModel model, int examples)
    {
        this.model = model;
        example = new Axis("example", examples);
        Contexts = new IndexInput("contexts", [example, model.Block], model.Vocab);
        Targets = new IndexInput("targets", model is SequenceModel ? [example, model.Block] : [example], model.Vocab);
        Lengths = new Input("lengths", [example]);
        LearningRate = new Input("lr", Shape.Scalar);
    }

    /// <summary>The contexts of all examples, or the lines: [example, block].</summary>
    public IndexInput Contexts { get; }

    /// <summary>What follows each context, [example], or each position of a line, [example, block].</summary>
    public IndexInput Targets { get; }

    /// <summary>How many positions of each line count: [example]. Contexts have none.</summary>
    public Input Lengths { get; }

    /// <summary>The learning rate of a training step.</summary>
    public Input LearningRate { get; }

    /// <summary>Examples that an evaluation of a model takes at once: about as many positions, be they in lines or not.</summary>
    public static int EvaluationRows(LanguageModel model) => model is SequenceModel ? 32 : 512;

    /// <summary>Sets the table of examples.</summary>
    /// <param name="storage">Where.</param>
    /// <param name="examples">The examples, as many as this was made for.</param>
    public void Write(Storage storage, Examples examples)
    {
        storage.Write(Contexts, examples.Contexts);
        storage.Write(Targets, examples.Targets);
        if (examples.Lengths is { } lengths)
            storage.Write(Lengths, [.. lengths.Select(length => (float)length)]);
    }

    /// <summary>One step of training: gather the batch, forward, backward, update. The output is the batch's mean loss, and the model's penalty with it.</summary>
    /// <param name="batch">Examples in a batch.</param>
    /// <param name="optimizer">How the model's parameters move; null for stochastic gradient descent.</param>
    /// <param name="clip">The norm that the gradients may have; 0 for any.</param>
    /// <returns>The program, and the input that takes the rows of the batch.</returns>
    public (Program Program, IndexInput Rows) Train(int batch, Optimizer? optimizer = null, double clip = 0)
    {
        var rows = Rows(new Axis("batch", batch));
        var pass = Pass.Training();
        var mean = MeanLoss(rows, pass);
        var loss = (model.Penalty is { } penalty ? mean.As("surprise") + penalty : mean).As("loss");
        var gradients = Gradient.Of(loss, model.Parameters);
        if (clip > 0)
            gradients = GradientClipping.Clip(gradients, clip);
        optimizer ??= new Sgd(model.Parameters, new());
        return (Program.Of("train", [loss], [.. optimizer.Updates(gradients, LearningRate), .. pass.Normalized.SelectMany(values => values.Updates)]), rows);
    }

    /// <summary>The loss of each of some examples, of lines the sum over their positions: of as many as a run says, up to <see cref="EvaluationRows"/>.</summary>
    public (Program Program, IndexInput Rows) Evaluate()
    {
        var rows = Rows(Axis.UpTo("batch", EvaluationRows(model)));
        var losses = Losses(rows, Pass.Evaluation());
        return (Program.Of("evaluate", [(model is SequenceModel ? Where(Counted(rows), losses, 0).Sum([model.Block]) : losses).As("losses")]), rows);
    }

    /// <summary>What a model's norms see of up to <see cref="EvaluationRows"/> examples, in their order; the program's output has the axes of the batch first.</summary>
    public IReadOnlyList<(Program Program, IndexInput Rows, NormalizedValues Norm)> Calibrate()
    {
        var rows = Rows(Axis.UpTo("batch", EvaluationRows(model)));
        var pass = Pass.Evaluation();
        model.Logits(Contexts[rows].As("x"), pass);
        return [.. pass.Normalized.Select(norm => (Program.Of("calibrate", [norm.Values.Permute([.. norm.Over, .. norm.Mean.Shape])]), rows, norm))];
    }

    IndexInput Rows(Axis batch) => new("rows", [batch], example);

    Tensor Losses(IndexInput rows, Pass pass) => CrossEntropy(Logits(rows, pass), Targets[rows].As("y"));

    Tensor MeanLoss(IndexInput rows, Pass pass) =>
        model is SequenceModel ? MeanCrossEntropy(Logits(rows, pass), Targets[rows].As("y"), Counted(rows)) : Losses(rows, pass).Mean(rows.Shape);

    Tensor Logits(IndexInput rows, Pass pass) => model.Logits(Contexts[rows].As("x"), pass);

    Tensor Counted(IndexInput rows) => PositionAlong(model.Block) < Lengths[rows].As("length");
}

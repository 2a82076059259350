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

    /// <summary>Examples that an evaluation of a model takes at once, or lines.</summary>
    public static int EvaluationRows(LanguageModel model) => model is SequenceModel lines ? lines.RowsAtOnce(32) : 512;

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
    /// <returns>The program, and what says which examples are in the batch.</returns>
    /// <exception cref="MakemoreException">It would take more memory than there can be.</exception>
    public (Program Program, Batch Batch) Train(int batch, Optimizer? optimizer = null, double clip = 0)
    {
        StepMemory.Check(model, batch);
        var taken = BatchOf(new Axis("batch", batch), batch * model.Block.Length);
        var pass = Pass.Training();
        var losses = Losses(taken, pass);
        var mean = losses.Mean(losses.Shape);
        var loss = (model.Penalty is { } penalty ? mean.As("surprise") + penalty : mean).As("loss");
        var gradients = Gradient.Of(loss, model.Parameters);
        if (clip > 0)
            gradients = GradientClipping.Clip(gradients, clip);
        optimizer ??= new Sgd(model.Parameters, new());
        return (Program.Of("train", [loss], [.. optimizer.Updates(gradients, LearningRate), .. pass.Normalized.SelectMany(values => values.Updates)]), taken);
    }

    /// <summary>The losses at everything that some examples have to predict, in order; of as many as a run says, up to <see cref="EvaluationRows"/>.</summary>
    public (Program Program, Batch Batch) Evaluate()
    {
        var taken = EvaluationBatch();
        return (Program.Of("evaluate", [Losses(taken, Pass.Evaluation()).As("losses")]), taken);
    }

    /// <summary>What a model's norms see of up to <see cref="EvaluationRows"/> examples, in their order; the program's output has the axes of the batch first.</summary>
    public IReadOnlyList<(Program Program, Batch Batch, NormalizedValues Norm)> Calibrate()
    {
        var taken = EvaluationBatch();
        var pass = Pass.Evaluation();
        Logits(taken, pass);
        return [.. pass.Normalized.Select(norm => (Program.Of("calibrate", [norm.Values.Permute([.. norm.Over, .. norm.Mean.Shape])]), taken, norm))];
    }

    // Half of the positions of names are behind their ends. Where lines are longer, fewer are taken.
    Batch EvaluationBatch()
    {
        var rows = EvaluationRows(model);
        return BatchOf(Axis.UpTo("batch", rows), (rows + 1) / 2 * model.Block.Length);
    }

    Batch BatchOf(Axis batch, int positions) =>
        model is SequenceModel ? new LineBatch(example, batch, model.Block, positions, Lengths) : new Batch(example, batch);

    Tensor Losses(Batch batch, Pass pass) => CrossEntropy(Logits(batch, pass), batch.Packing.Pack(Targets[batch.Numbers].As("y")));

    Tensor Logits(Batch batch, Pass pass)
    {
        var characters = Contexts[batch.Numbers].As("x");
        return model is SequenceModel lines ? lines.Logits(characters, batch.Packing) : model.Logits(characters, pass);
    }
}

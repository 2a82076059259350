using Makemore.Models;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Programs;

namespace Makemore.Training;

/// <summary>Whether the values of a step fit into memory that 32-bit offsets reach.</summary>
static class StepMemory
{
    /// <summary>Checks a model with a batch, before anything is made of that size.</summary>
    /// <exception cref="MakemoreException">It is too large.</exception>
    public static void Check(LanguageModel model, int batch)
    {
        // Per example, since the sizes of the whole may be more than the compiler's own arithmetic holds. A value that several lines write is there once.
        var characters = new IndexInput("x", [new Axis("batch", 1), model.Block], model.Vocab);
        var forward = Program.Of("forward", [model.Logits(characters)]).Assignments.Select(assignment => assignment.Target).Distinct().Sum(value => Elements(value.Shape));
        var parameters = model.Parameters.Sum(parameter => Elements(parameter.Shape));

        // Forward and backward, and the gradients; and an evaluation, which goes forward only.
        var (training, evaluation) = (3 * forward * batch, forward * LanguageModelProgram.EvaluationRows(model));
        var bytes = (Math.Max(training, evaluation) + (2 * parameters)) * sizeof(float);
        if (bytes > int.MaxValue)
        {
            var advice = training > evaluation && batch > 1 ? "a smaller batch or a smaller model" : model is SequenceModel ? "a smaller model, or shorter lines" : "a smaller model";
            throw new MakemoreException($"a step would take about {bytes / 1e9:F1} GB, and 2 GB are allowed; choose {advice}");
        }
    }

    // One example alone may be more than a shape counts.
    static double Elements(Shape shape) => shape.Aggregate(1.0, (product, axis) => product * axis.Length);
}

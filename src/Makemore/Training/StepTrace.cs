using Makemore.Models;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Backends.Interpreter;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Running;

namespace Makemore.Training;

/// <summary>A training's first step, run line by line in the interpreter, for whoever wants to see its numbers.</summary>
public static class StepTrace
{
    /// <summary>Runs the step on the batch that a training would begin with.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">What it learns.</param>
    /// <param name="options">The batch, the learning rate and the seed.</param>
    /// <param name="trained">Where the model's parameters were trained; null for parameters as the seed initialises them.</param>
    /// <param name="report">Called after each line with how many there were, and how many there are.</param>
    /// <returns>Each line with what its numbers are like.</returns>
    public static IReadOnlyList<TracedLine> Of(LanguageModel model, TrainingData data, TrainingOptions options, Storage? trained, Action<int, int>? report = null)
    {
        var programs = new LanguageModelProgram(model, data.Examples.Count);
        var optimizer = Optimizer.Of(options.Optimizer, model.Parameters);
        var (program, batch) = programs.Train(options.Batch, optimizer, options.Optimizer.Clip);
        using var storage = new Storage();
        programs.Write(storage, data.Examples);
        storage.Write(programs.LearningRate, options.LearningRate(0));
        optimizer.Prepare(storage, 0);

        // Drawn in any case, so that the batch is the first step's.
        var random = new TorchRandom(options.Seed);
        storage.Initialize(model.Tensors, random);
        foreach (var parameter in model.Tensors)
        {
            if (trained is not null)
                storage.Write(parameter, trained.Read(parameter));
        }

        var numbers = new int[options.Batch];
        random.RandInt(0, data.Train.End.Value, numbers);
        var interpreter = new Interpreter(program, Precision.Single);
        batch.Write(storage, interpreter.Lengths, data.Examples, numbers);
        storage.CopyTo(interpreter);
        var lines = new List<TracedLine>();
        interpreter.Run((assignment, _) =>
        {
            lines.Add(new(assignment, Statistics.Of(interpreter.Existing(assignment.Target))));
            report?.Invoke(lines.Count, program.Assignments.Count);
            return true;
        });
        return lines;
    }
}

/// <summary>A line of a step and what it computed.</summary>
/// <param name="Assignment">The line.</param>
/// <param name="Numbers">What its numbers are like; of indices, the indices.</param>
public sealed record TracedLine(Assignment Assignment, Statistics Numbers)
{
    /// <summary>Whether the line ends in a function whose results crowd at its bounds where it passes no gradient.</summary>
    public bool Saturates => Assignment.Body is Apply { Function: var function } && (function == ScalarFunction.Tanh || function == ScalarFunction.Sigmoid);
}

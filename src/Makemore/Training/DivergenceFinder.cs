using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends.Checking;
using Makemore.Tensors.Backends.Interpreter;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Running;

namespace Makemore.Training;

/// <summary>Finds where a step's first NaN or infinity appears, by running the step line by line.</summary>
static class DivergenceFinder
{
    /// <summary>The number, or null if every number of the step is finite.</summary>
    /// <param name="program">The step.</param>
    /// <param name="storage">Its parameters and inputs as they were before the step.</param>
    /// <param name="lengths">The lengths of its bounded axes.</param>
    public static NotFinite? Find(Program program, Storage storage, AxisLengths lengths)
    {
        var interpreter = new Interpreter(program, Precision.Single);
        storage.CopyTo(interpreter);
        interpreter.Lengths.Set(lengths.All);
        return FiniteCheck.Run(interpreter);
    }
}

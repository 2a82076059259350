using System.Numerics;
using Makemore.Tensors.Backends.Interpreter;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Running;

namespace Makemore.Training;

/// <summary>Finds the tensor in which a step's first NaN or infinity appears, by running the step line by line.</summary>
static class DivergenceFinder
{
    /// <summary>The name and the value, or null if every number of the step is finite.</summary>
    /// <param name="program">The step.</param>
    /// <param name="storage">Its parameters and inputs as they were before the step.</param>
    public static (string Tensor, double Value)? Find(Program program, Storage storage)
    {
        var interpreter = new Interpreter(program, Precision.Single);
        foreach (var leaf in program.Leaves.Select(value => value.Leaf!))
        {
            if (leaf is IndexInput indices)
                Copy(storage.Indices(indices), interpreter[leaf]);
            else
                Copy<float>(storage.Read(leaf), interpreter[leaf]);
        }

        (string, double)? found = null;
        interpreter.Run((assignment, values) =>
        {
            if (values.FirstOrDefault(value => !double.IsFinite(value)) is var value && !double.IsFinite(value))
                found = (assignment.Target.Name, value);
            return found is null;
        });
        return found;
    }

    static void Copy<T>(ReadOnlySpan<T> from, double[] to)
        where T : struct, INumber<T>
    {
        for (var i = 0; i < to.Length; i++)
            to[i] = double.CreateChecked(from[i]);
    }
}

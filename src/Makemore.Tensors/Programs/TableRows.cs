using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Programs;

/// <summary>A table seen as rows that indices choose.</summary>
/// <param name="Axis">The axis the indices point into.</param>
/// <param name="Row">The axes of one row.</param>
sealed record TableRows(Axis Axis, Shape Row)
{
    /// <summary>The rows; null where the table has axes in common with the indices.</summary>
    public static TableRows? Of(Tensor table, Tensor indices)
    {
        var axis = indices.Into!;
        var row = table.Shape.Without([axis]);
        return table.Type == ElementType.Number && !row.Any(indices.Shape.Contains) ? new(axis, row) : null;
    }
}

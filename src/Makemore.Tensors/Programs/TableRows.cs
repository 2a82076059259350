using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Programs;

/// <summary>Rows of a table that indices choose.</summary>
/// <param name="Table">What is chosen from.</param>
/// <param name="Indices">What chooses.</param>
sealed record TableRows(Tensor Table, Tensor Indices)
{
    /// <summary>The axis the indices point into.</summary>
    public Axis Axis => Indices.Into!;

    /// <summary>The axes of one row.</summary>
    public Shape Row => Table.Shape.Without([Axis]);

    /// <summary>
    /// What an expression chooses from which table; null where it does something else, or where the table has axes in common with the indices.
    /// A view of whole rows, such as neighbours taken in pairs, chooses by a view of the indices.
    /// </summary>
    public static TableRows? Of(Tensor rows)
    {
        var chosen = rows switch
        {
            Gather gather => new TableRows(gather.Table, gather.Indices),
            View { Operands: [Gather gather] } view when At(gather.Indices, gather.Shape, view.Operation, view.Shape, view.Subscripts) is { } indices => new(gather.Table, indices),
            _ => null,
        };
        return chosen is { Table.Type: ElementType.Number } && !chosen.Row.Any(chosen.Indices.Shape.Contains) ? chosen : null;
    }

    /// <summary>The indices seen as the rows are that they choose; null where single elements of the rows move, or where rows stand for others.</summary>
    /// <param name="indices">The indices.</param>
    /// <param name="rows">The axes of the rows they choose, in some order.</param>
    /// <param name="operation">What is done to the rows.</param>
    /// <param name="shape">The axes they have then.</param>
    /// <param name="at">Which of the rows' elements are where, along each axis of <paramref name="rows"/>.</param>
    public static Tensor? At(Tensor indices, Shape rows, string operation, Shape shape, ValueList<Subscript> at)
    {
        var row = rows.Without(indices.Shape);
        ValueList<Subscript> chosen = [.. indices.Shape.Select(axis => at[rows.IndexOf(axis)])];
        Shape along = [.. shape.Without(row)];
        if (!row.All(axis => at[rows.IndexOf(axis)] is AxisIndex same && same.Axis == axis && shape.Contains(axis)) || !along.SameAxes([.. chosen.SelectMany(index => index.Axes)]))
            return null;
        var seen = View.Of(operation, along, indices, chosen);
        return indices.Name is { } name ? seen.As(name) : seen;
    }
}

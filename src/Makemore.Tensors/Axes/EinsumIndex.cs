namespace Makemore.Tensors.Axes;

/// <summary>The indices of one tensor in einsum notation.</summary>
/// <param name="Indices">One for every axis, and perhaps <c>...</c> for any others.</param>
/// <param name="Position">Where they begin, counted from 1.</param>
sealed record EinsumIndices(IReadOnlyList<EinsumIndex> Indices, int Position)
{
    /// <summary>The <c>...</c> among them, or null.</summary>
    public EinsumIndex? Ellipsis => Indices.FirstOrDefault(index => index.IsEllipsis);

    /// <summary>The labels of all, in order.</summary>
    public IEnumerable<EinsumTerm> Terms => Indices.SelectMany(index => index.Terms);
}

/// <summary>What stands for one axis in einsum notation: a label, a sum of labels, a number; or <c>...</c>, for any axes.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Position">Where it begins, counted from 1.</param>
/// <param name="Terms">The labels with their factors.</param>
/// <param name="Start">What is added to them.</param>
sealed record EinsumIndex(string Text, int Position, IReadOnlyList<EinsumTerm> Terms, int Start)
{
    /// <summary>What stands for any axes.</summary>
    public const string EllipsisText = "...";

    /// <summary>Whether this is <c>...</c>.</summary>
    public bool IsEllipsis => Text == EllipsisText;

    /// <summary>The label that it is and nothing more, or null.</summary>
    public string? Label => Terms is [{ Factor: 1, Label: var label }] && Start == 0 ? label : null;
}

/// <summary>A label and its factor.</summary>
/// <param name="Factor">At least 1: a stride or a dilation.</param>
/// <param name="Label">The label.</param>
/// <param name="Position">Where it stands, counted from 1.</param>
sealed record EinsumTerm(int Factor, string Label, int Position);

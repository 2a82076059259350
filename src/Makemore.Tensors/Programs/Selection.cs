namespace Makemore.Tensors.Programs;

/// <summary>Some lines of a program: those of a section, those that a tensor takes part in, or both.</summary>
/// <param name="Section">The section; null for all.</param>
/// <param name="Tensor">The name of a tensor that the lines read or write; null for any.</param>
public sealed record Selection(Section? Section = null, string? Tensor = null)
{
    /// <summary>Every line.</summary>
    public static Selection Everything { get; } = new();

    /// <summary>Whether a line is meant.</summary>
    public bool Includes(Assignment assignment) => (Section ?? assignment.Section) == assignment.Section && (Tensor is null || Touches(assignment));

    bool Touches(Assignment assignment) => assignment.Target.Name == Tensor || assignment.Reads.Any(element => element.Source.Name == Tensor);
}

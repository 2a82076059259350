namespace Makemore.Models;

/// <summary>Which model, and how large. The defaults are the lectures'.</summary>
public sealed record ModelSettings
{
    /// <summary>The model's name in the <see cref="ModelCatalog"/>.</summary>
    public string Model { get; init; } = "mlp";

    /// <summary>Characters of context.</summary>
    public int Block { get; init; } = 3;

    /// <summary>Numbers that stand for a character.</summary>
    public int Embed { get; init; } = 10;

    /// <summary>Neurons of the hidden layer.</summary>
    public int Hidden { get; init; } = 200;
}

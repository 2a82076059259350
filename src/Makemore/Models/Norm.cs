namespace Makemore.Models;

/// <summary>What normalises the layers of a model.</summary>
public enum Norm
{
    /// <summary>Batch normalisation.</summary>
    Batch,

    /// <summary>Nothing.</summary>
    None,
}

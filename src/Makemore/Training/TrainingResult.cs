using Makemore.Tensors.Backends.Checking;

namespace Makemore.Training;

/// <summary>What came of a training.</summary>
/// <param name="Steps">Steps done.</param>
/// <param name="Losses">The losses at the end; NaN where not even one step was done.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Ending">Why it ended.</param>
/// <param name="Divergence">Where numbers ceased to be finite, if they did; the parameters are those from before, or from the best step.</param>
/// <param name="KeptStep">The step whose parameters were kept as the best, where those of a later step were given up.</param>
public sealed record TrainingResult(int Steps, Losses Losses, TimeSpan Elapsed, Ending Ending, Divergence? Divergence = null, int? KeptStep = null);

/// <summary>Why a training ended.</summary>
public enum Ending
{
    /// <summary>All steps were done.</summary>
    Finished,

    /// <summary>It was asked to stop.</summary>
    Cancelled,

    /// <summary>The dev loss had not fallen for as many evaluations as were allowed.</summary>
    Stopped,

    /// <summary>A number became NaN or infinite.</summary>
    Diverged,
}

/// <summary>The first number of a training that was not finite.</summary>
/// <param name="Step">The step, counted from 1.</param>
/// <param name="Tensor">The tensor in which it appeared.</param>
/// <param name="Value">NaN or an infinity.</param>
/// <param name="Cause">The line that computed it, where in the tensor, and from what; null where no line could be made to do it again.</param>
public sealed record Divergence(int Step, string Tensor, double Value, NotFinite? Cause);

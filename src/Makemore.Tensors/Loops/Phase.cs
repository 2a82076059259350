namespace Makemore.Tensors.Loops;

/// <summary>Steps that threads go through each for itself: none reads what another thread writes before the phase has ended.</summary>
public sealed record Phase(IReadOnlyList<PhaseStep> Steps)
{
    /// <summary>How the steps are divided, each way once.</summary>
    public override string ToString() => string.Join(", ", Steps.Select(step => step.Division.ToString()).Distinct());
}

/// <summary>A step of a phase.</summary>
/// <param name="Step">The step.</param>
/// <param name="Division">How threads share it.</param>
/// <param name="Group">Of steps that are not divided: which thread does it, counted around; those that need each other have one number.</param>
public sealed record PhaseStep(Step Step, Division Division, int Group);

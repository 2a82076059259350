namespace Makemore.Training;

/// <summary>The state of a training at the evaluation with the lowest dev loss so far.</summary>
/// <param name="snapshot">Where it is kept.</param>
sealed class BestState(Snapshot snapshot)
{
    /// <summary>The losses there; null before the first evaluation.</summary>
    public Losses? Losses { get; private set; }

    /// <summary>Evaluations since.</summary>
    public int Waited { get; private set; }

    /// <summary>Keeps the training's state if its dev loss is lower than ever.</summary>
    /// <param name="step">The step, as many as were done.</param>
    /// <param name="losses">The losses.</param>
    public void Consider(int step, Losses losses)
    {
        Waited++;
        if (losses.Dev >= Losses?.Dev || !double.IsFinite(losses.Dev))
            return;
        (Losses, Waited) = (losses, 0);
        snapshot.Take(step);
    }

    /// <summary>Goes back to that state.</summary>
    /// <returns>Its step.</returns>
    public int Restore()
    {
        snapshot.Restore();
        return snapshot.Step;
    }
}

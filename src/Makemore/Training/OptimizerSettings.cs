namespace Makemore.Training;

/// <summary>Which optimizer, and its numbers. The defaults are PyTorch's.</summary>
public sealed record OptimizerSettings
{
    /// <summary>Which optimizer.</summary>
    public OptimizerKind Kind { get; init; }

    /// <summary><see cref="Sgd"/>: the share of the last step's move that goes on; from 0 (none) to below 1.</summary>
    public double Momentum { get; init; }

    /// <summary><see cref="Sgd"/>: whether to look ahead along the momentum (Nesterov).</summary>
    public bool Nesterov { get; init; }

    /// <summary><see cref="Adam"/>: how much of the mean gradient is kept each step; from 0 to below 1.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary><see cref="Adam"/>: how much of the mean square is kept each step; from 0 to below 1.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary><see cref="Adam"/>: added to the root of the mean square, so that nothing is divided by 0.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>How strongly parameters are drawn to 0; null for PyTorch's default, 0.01 of <see cref="AdamW"/> and 0 of the others.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>The norm that all gradients together may have: longer ones are shortened to it. 0 for any.</summary>
    public double Clip { get; init; }

    /// <summary>The weight decay, or its default.</summary>
    internal double Decay => WeightDecay ?? (Kind == OptimizerKind.AdamW ? 0.01 : 0);

    /// <summary>Checks that every number makes sense.</summary>
    /// <exception cref="MakemoreException">One does not; the message names it and its bounds.</exception>
    public void Validate()
    {
        if (!Enum.IsDefined(Kind))
            throw new MakemoreException($"there is no optimizer {(int)Kind}");
        CheckShare("momentum", Momentum);
        CheckShare("beta1", Beta1);
        CheckShare("beta2", Beta2);
        if (Nesterov && Momentum == 0)
            throw new MakemoreException("nesterov needs a momentum above 0, such as 0.9");
        Check("epsilon", Epsilon, 1e-30);
        Check("weight decay", Decay, 0);
        Check("clip", Clip, 0);
    }

    static void CheckShare(string name, double value)
    {
        if (!(value is >= 0 and < 1) || (float)value >= 1)
            throw new MakemoreException($"{name} is {value}; it must be at least 0 and below 1");
    }

    static void Check(string name, double value, double least)
    {
        if (!(value >= least && value <= 1e6))
            throw new MakemoreException($"{name} is {value}; it must lie between {least} and 1,000,000");
    }
}

/// <summary>The optimizers.</summary>
public enum OptimizerKind
{
    /// <summary><see cref="Training.Sgd"/>.</summary>
    Sgd,

    /// <summary><see cref="Training.Adam"/>.</summary>
    Adam,

    /// <summary><see cref="Training.AdamW"/>.</summary>
    AdamW,
}

using Makemore.Text;

namespace Makemore.Sampling;

/// <summary>From what a model says of the next character to what it is drawn from, given what the line must become.</summary>
sealed class NextCharacter(SamplingOptions options, Constraints constraints, int tokens)
{
    readonly float[] weights = new float[tokens];
    readonly int[] order = new int[tokens];
    readonly bool[] allowed = new bool[tokens];
    readonly bool asTheModelSays = options is { Temperature: 1, TopK: 0, TopP: 1 };

    /// <summary>What to draw from: how likely each token is, their sum may be any.</summary>
    /// <param name="probabilities">What the model says.</param>
    /// <param name="state">The line so far.</param>
    /// <returns>Overwritten by the next call.</returns>
    public ReadOnlySpan<float> Weights(ReadOnlySpan<float> probabilities, LineState state)
    {
        var isFree = constraints.AllowsAnything(state);
        if (isFree && asTheModelSays)
            return probabilities;
        probabilities.CopyTo(weights);
        if (!isFree)
        {
            for (var token = 0; token < allowed.Length; token++)
                allowed[token] = constraints.Allows(state, token);
            Distribution.Mask(weights, allowed);
        }

        Distribution.Temper(weights, options.Temperature);
        Distribution.Truncate(weights, options.TopK, options.TopP, order);
        return weights;
    }

    /// <summary>The next character, or the end.</summary>
    /// <param name="probabilities">What the model says.</param>
    /// <param name="state">The line so far.</param>
    /// <param name="share">A uniform number, at least 0 and less than 1.</param>
    public int Draw(ReadOnlySpan<float> probabilities, LineState state, float share)
    {
        var drawnFrom = Weights(probabilities, state);
        return options.Greedy ? Distribution.Largest(drawnFrom) : Distribution.Draw(drawnFrom, share);
    }
}

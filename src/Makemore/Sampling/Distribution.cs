namespace Makemore.Sampling;

/// <summary>What may be done with a distribution.</summary>
static class Distribution
{
    /// <summary>Checks that a model's probabilities are numbers.</summary>
    /// <exception cref="MakemoreException">One is not.</exception>
    public static void Check(ReadOnlySpan<double> probabilities)
    {
        foreach (var probability in probabilities)
        {
            if (!double.IsFinite(probability))
                throw new MakemoreException("the model's probabilities are not numbers; its training diverged or its parameters are damaged, so train it again with a lower learning rate");
        }
    }
}

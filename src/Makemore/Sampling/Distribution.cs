namespace Makemore.Sampling;

/// <summary>From what a model says to what is drawn from.</summary>
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

    /// <summary>Keeps what is allowed. Where the model gives all of that no chance, all of it has the same.</summary>
    public static void Mask(Span<double> probabilities, ReadOnlySpan<bool> allowed)
    {
        var sum = 0.0;
        for (var i = 0; i < probabilities.Length; i++)
            sum += allowed[i] ? probabilities[i] : 0;
        for (var i = 0; i < probabilities.Length; i++)
            probabilities[i] = !allowed[i] ? 0 : sum > 0 ? probabilities[i] : 1;
    }

    /// <summary>p^(1/temperature): the softmax of logits that were divided by it, but for a factor.</summary>
    public static void Temper(Span<double> probabilities, double temperature)
    {
        if (temperature == 1)
            return;

        // The likeliest becomes 1, so that none vanishes that counts.
        var largest = probabilities[Largest(probabilities)];
        foreach (ref var probability in probabilities)
            probability = Math.Pow(probability / largest, 1 / temperature);
    }

    /// <summary>Keeps the likeliest: so many, and no more than together have a share of the whole. Of equals the first are kept.</summary>
    public static void Truncate(Span<double> probabilities, int topK, double topP)
    {
        if (topK == 0 && topP == 1)
            return;
        var order = Enumerable.Range(0, probabilities.Length).ToArray();
        var values = probabilities.ToArray();
        Array.Sort(order, (x, y) => values[x] != values[y] ? values[y].CompareTo(values[x]) : x.CompareTo(y));
        var (wanted, sum) = (topP * values.Sum(), 0.0);
        for (var i = 0; i < order.Length; i++)
        {
            if ((topK > 0 && i >= topK) || (topP < 1 && sum >= wanted))
                probabilities[order[i]] = 0;
            sum += values[order[i]];
        }
    }

    /// <summary>The likeliest; of equals the first.</summary>
    public static int Largest(ReadOnlySpan<double> probabilities)
    {
        var largest = 0;
        for (var i = 1; i < probabilities.Length; i++)
            largest = probabilities[i] > probabilities[largest] ? i : largest;
        return largest;
    }
}

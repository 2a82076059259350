using System.Numerics;

namespace Makemore.Sampling;

/// <summary>From what a model says to what is drawn from: weights, whose sum may be any.</summary>
static class Distribution
{
    const int MostOnStack = 256;

    /// <summary>Checks that a model's probabilities are numbers.</summary>
    /// <exception cref="MakemoreException">One is not.</exception>
    public static void Check(ReadOnlySpan<float> probabilities)
    {
        // A product with 0 is 0, of an infinite number it is none.
        var (spoilt, i) = (Vector<float>.Zero, 0);
        for (; i <= probabilities.Length - Vector<float>.Count; i += Vector<float>.Count)
            spoilt += new Vector<float>(probabilities[i..]) * 0;
        var sum = Vector.Sum(spoilt);
        for (; i < probabilities.Length; i++)
            sum += probabilities[i] * 0;
        if (sum != 0)
            throw new MakemoreException("the model's probabilities are not numbers; its training diverged or its parameters are damaged, so train it again with a lower learning rate");
    }

    /// <summary>Keeps what is allowed. Where the model gives all of that no chance, all of it has the same.</summary>
    public static void Mask(Span<float> weights, ReadOnlySpan<bool> allowed)
    {
        var sum = 0f;
        for (var i = 0; i < weights.Length; i++)
            sum += allowed[i] ? weights[i] : 0;
        for (var i = 0; i < weights.Length; i++)
            weights[i] = !allowed[i] ? 0 : sum > 0 ? weights[i] : 1;
    }

    /// <summary>p^(1/temperature): the softmax of logits that were divided by it, but for a factor.</summary>
    public static void Temper(Span<float> weights, double temperature)
    {
        if (temperature == 1)
            return;

        // The likeliest becomes 1, so that none vanishes that counts.
        var (largest, power) = (weights[Largest(weights)], (float)(1 / temperature));
        var i = 0;
        for (; i <= weights.Length - Vector<float>.Count; i += Vector<float>.Count)
            Vector.Exp(Vector.Log(new Vector<float>(weights[i..]) / largest) * power).CopyTo(weights[i..]);
        for (; i < weights.Length; i++)
            weights[i] = MathF.Exp(MathF.Log(weights[i] / largest) * power);
    }

    /// <summary>Keeps the likeliest: so many, and no more than together have a share of the whole. Of equals the first are kept.</summary>
    /// <param name="weights">All of them.</param>
    /// <param name="topK">How many at most; 0 for all.</param>
    /// <param name="topP">Their share, above 0; 1 for all.</param>
    /// <param name="order">As long as the weights; overwritten.</param>
    public static void Truncate(Span<float> weights, int topK, double topP, Span<int> order)
    {
        if (topK == 0 && topP == 1)
            return;
        var wanted = 0.0;
        for (var i = 0; i < weights.Length; i++)
            (order[i], wanted) = (i, wanted + (topP * weights[i]));
        var (kept, sum) = (0, 0.0);
        for (; kept < order.Length && (topK == 0 || kept < topK) && (topP == 1 || sum < wanted); kept++)
        {
            // Few are kept most often, so the others need no order.
            var next = kept;
            for (var i = kept + 1; i < order.Length; i++)
                next = weights[order[i]] > weights[order[next]] || (weights[order[i]] == weights[order[next]] && order[i] < order[next]) ? i : next;
            (order[kept], order[next]) = (order[next], order[kept]);
            sum += weights[order[kept]];
        }

        foreach (var token in order[kept..])
            weights[token] = 0;
    }

    /// <summary>The likeliest; of equals the first.</summary>
    public static int Largest(ReadOnlySpan<float> weights)
    {
        var largest = 0;
        for (var i = 1; i < weights.Length; i++)
            largest = weights[i] > weights[largest] ? i : largest;
        return largest;
    }

    /// <summary>Draws by the inverse of the cumulated weights: the first whose sum with all before it exceeds a share of the whole.</summary>
    /// <param name="weights">At least 0, and not all 0.</param>
    /// <param name="share">At least 0 and less than 1.</param>
    public static int Draw(ReadOnlySpan<float> weights, float share)
    {
        var sum = 0f;
        Span<float> sums = weights.Length <= MostOnStack ? stackalloc float[weights.Length] : new float[weights.Length];
        var i = 0;
        foreach (var weight in weights)
            sums[i++] = sum += weight;

        // Counting all has no branch that could be mispredicted, and sums never fall.
        var (at, threshold) = (0, share * sum);
        i = 0;
        for (; i <= sums.Length - Vector<float>.Count; i += Vector<float>.Count)
            at -= Vector.Sum(Vector.LessThanOrEqual(new Vector<float>(sums[i..]), new Vector<float>(threshold)));
        for (; i < sums.Length; i++)
            at += sums[i] <= threshold ? 1 : 0;

        // Of weights that have hardly any bits a share may round to all of them.
        return at < weights.Length ? at : Largest(weights);
    }
}

namespace Makemore.Models;

/// <summary>What modified Kneser-Ney smoothing takes from counts of 1, of 2, and of 3 or more.</summary>
/// <param name="One">From a count of 1; between 0 and 1.</param>
/// <param name="Two">From a count of 2; between 0 and 2.</param>
/// <param name="More">From greater counts; between 0 and 3.</param>
readonly record struct Discounts(double One, double Two, double More)
{
    /// <summary>What is taken from a count.</summary>
    public double this[long count] => count switch
    {
        1 => One,
        2 => Two,
        _ => More,
    };

    /// <summary>
    /// The discounts that leave-one-out estimation gives (Chen and Goodman 1999, equation 17): j − (j+1)·Y·n[j+1]/n[j] from a count of j,
    /// where Y = n[1]/(n[1] + 2·n[2]) and n[j] is how many sequences occur j times.
    /// </summary>
    /// <remarks>Where the data are too few to say, since an n is 0 or the result is not between 0 and j, half of j is taken.</remarks>
    /// <param name="counts">The counts of all sequences of one length.</param>
    public static Discounts Of(IEnumerable<long> counts)
    {
        Span<double> n = stackalloc double[5];
        foreach (var count in counts)
        {
            if (count < n.Length)
                n[(int)count]++;
        }

        return new(From(n, 1), From(n, 2), From(n, 3));
    }

    static double From(ReadOnlySpan<double> n, int j)
    {
        var discount = j - ((j + 1) * (n[1] / (n[1] + (2 * n[2]))) * n[j + 1] / n[j]);
        return discount > 0 && discount < j ? discount : j / 2.0;
    }
}

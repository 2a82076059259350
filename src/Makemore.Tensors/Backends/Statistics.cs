namespace Makemore.Tensors.Backends;

/// <summary>What the numbers of a tensor are like.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Mean">Their mean; of those that are finite.</param>
/// <param name="StandardDeviation">Their spread about the mean, divided by their count and not by one less; of those that are finite.</param>
/// <param name="Minimum">The least, which may be −∞; NaN where all are.</param>
/// <param name="Maximum">The largest, which may be +∞; NaN where all are.</param>
/// <param name="Zeros">How many are 0.</param>
/// <param name="Saturated">How many are at least 0.99 in size: what came out of a tanh there passes next to no gradient.</param>
/// <param name="NotFinite">How many are NaN or infinite.</param>
public sealed record Statistics(int Count, double Mean, double StandardDeviation, double Minimum, double Maximum, int Zeros, int Saturated, int NotFinite)
{
    const double Saturation = 0.99;

    /// <summary>The statistics of some numbers.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static Statistics Of(IReadOnlyList<double> numbers)
    {
        if (numbers.Count == 0)
            throw new ArgumentException("no numbers have no statistics", nameof(numbers));
        var finite = numbers.Where(double.IsFinite).ToList();
        var known = numbers.Where(number => !double.IsNaN(number)).DefaultIfEmpty(double.NaN).ToList();
        var mean = finite.DefaultIfEmpty(double.NaN).Average();
        return new(
            numbers.Count,
            mean,
            Math.Sqrt(finite.Select(number => (number - mean) * (number - mean)).DefaultIfEmpty(double.NaN).Average()),
            known.Min(),
            known.Max(),
            numbers.Count(number => number == 0),
            numbers.Count(number => Math.Abs(number) >= Saturation),
            numbers.Count - finite.Count);
    }
}

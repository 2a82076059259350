using System.Buffers;

namespace Makemore.Tensors.Running;

/// <content>Draws from a table of probabilities.</content>
public sealed partial class TorchRandom
{
    const int LargestStackArray = 512;

    /// <summary>Draws indices with given probabilities, as <c>torch.multinomial</c> of releases up to 1.13 does.</summary>
    /// <remarks>
    /// Without replacement every probability is divided by an exponential number, and the largest quotients win: two words a
    /// probability, whatever is drawn. With replacement a uniform number is looked up in the running sums: two words a draw.
    /// (PyTorch 2.0 and later draw a single index with replacement as if without.) A matrix and as many calls, one a row in
    /// order, draw the same.
    /// </remarks>
    /// <param name="probabilities">The weights of the indices, <c>[rows, index]</c>: finite, at least 0, not all 0; their sum is free.</param>
    /// <param name="result">Receives the indices, <c>[rows, draw]</c>; without replacement in decreasing order of their quotients.</param>
    /// <param name="replacement">Whether an index may be drawn more than once.</param>
    /// <param name="rows">How many rows both spans have.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">
    /// A probability is negative, infinite or not a number; a row has the sum 0; a span does not divide into rows; or more
    /// indices are wanted without replacement than there are.
    /// </exception>
    public void Multinomial(ReadOnlySpan<float> probabilities, Span<int> result, bool replacement, int rows = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        if (probabilities.Length % rows != 0 || result.Length % rows != 0)
        {
            throw new ArgumentException(
                $"{probabilities.Length} probabilities and {result.Length} draws do not divide into {rows} rows", nameof(rows));
        }

        var (count, draws) = (probabilities.Length / rows, result.Length / rows);
        if (!replacement && draws > count)
            throw new ArgumentException($"cannot draw {draws} of {count} indices without replacement", nameof(result));
        for (var row = 0; row < rows; row++)
            CheckProbabilities(probabilities.Slice(row * count, count), row);
        for (var row = 0; row < rows; row++)
        {
            var weights = probabilities.Slice(row * count, count);
            var drawn = result.Slice(row * draws, draws);
            if (replacement)
                DrawFromRunningSums(weights, drawn);
            else if (draws == 1)
                drawn[0] = WinnerOfRace(weights);
            else
                DrawByRace(weights, drawn);
        }
    }

    static void CheckProbabilities(ReadOnlySpan<float> weights, int row)
    {
        var positive = false;
        for (var i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0) || float.IsInfinity(weights[i]))
                throw new ArgumentException($"probability {i} of row {row} is {weights[i]}", nameof(weights));
            positive |= weights[i] > 0;
        }

        if (!positive)
            throw new ArgumentException($"the probabilities of row {row} are all 0", nameof(weights));
    }

    int WinnerOfRace(ReadOnlySpan<float> weights)
    {
        var winner = 0;
        var best = float.NegativeInfinity;
        for (var i = 0; i < weights.Length; i++)
        {
            var quotient = weights[i] / ExponentialSingle(1);
            if (quotient > best)
                (best, winner) = (quotient, i);
        }

        return winner;
    }

    void DrawByRace(ReadOnlySpan<float> weights, Span<int> drawn)
    {
        ulong[]? borrowed = null;
        var ranking = weights.Length <= LargestStackArray
            ? stackalloc ulong[weights.Length]
            : (borrowed = ArrayPool<ulong>.Shared.Rent(weights.Length)).AsSpan(0, weights.Length);
        for (var i = 0; i < weights.Length; i++)
        {
            // Bits of floats that are not negative sort like the floats; inverted, the largest comes first, then the lowest index.
            var quotient = weights[i] / ExponentialSingle(1);
            ranking[i] = ((ulong)~BitConverter.SingleToUInt32Bits(quotient) << 32) | (uint)i;
        }

        ranking.Sort();
        for (var draw = 0; draw < drawn.Length; draw++)
            drawn[draw] = (int)(uint)ranking[draw];
        if (borrowed is not null)
            ArrayPool<ulong>.Shared.Return(borrowed);
    }

    void DrawFromRunningSums(ReadOnlySpan<float> weights, Span<int> drawn)
    {
        float[]? borrowed = null;
        var sums = weights.Length <= LargestStackArray
            ? stackalloc float[weights.Length]
            : (borrowed = ArrayPool<float>.Shared.Rent(weights.Length)).AsSpan(0, weights.Length);
        var sum = 0f;
        for (var i = 0; i < weights.Length; i++)
            sums[i] = sum += weights[i];
        foreach (ref var value in sums)
            value /= sum;
        sums[^1] = 1;
        foreach (ref var index in drawn)
            index = FirstNotBelow(sums, RandDouble());
        if (borrowed is not null)
            ArrayPool<float>.Shared.Return(borrowed);
    }

    static int FirstNotBelow(ReadOnlySpan<float> sums, double threshold)
    {
        var (low, high) = (0, sums.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sums[middle] < threshold)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}

using Xunit;

namespace Makemore;

/// <summary>How near two computations of one tensor have to come to each other.</summary>
static class Near
{
    /// <summary>Fails unless no element differs by more than a share of the largest element.</summary>
    /// <param name="expected">PyTorch's.</param>
    /// <param name="actual">Ours.</param>
    /// <param name="tolerance">The share.</param>
    /// <param name="name">The tensor's name.</param>
    public static void Equal(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, string name)
    {
        Assert.Equal(expected.Length, actual.Length);
        var (difference, largest) = (0f, 0f);
        for (var i = 0; i < expected.Length; i++)
        {
            difference = MathF.Max(difference, MathF.Abs(expected[i] - actual[i]));
            largest = MathF.Max(largest, MathF.Abs(expected[i]));
        }

        Assert.True(difference <= tolerance * largest, $"'{name}' differs from PyTorch's by up to {difference}, and its largest element is {largest}");
    }
}

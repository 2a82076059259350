using Xunit;

namespace Makemore.Models;

public class DiscountsTests
{
    [Fact]
    public void Discounts_follow_equation_17_of_Chen_and_Goodman()
    {
        // n = 8, 4, 2, 1: Y = 8/16.
        var discounts = Discounts.Of([.. Enumerable.Repeat(1L, 8), .. Enumerable.Repeat(2L, 4), 3, 3, 4, 9, 100]);
        Assert.Equal((0.5, 1.25, 2.0), (discounts.One, discounts.Two, discounts.More));
        Assert.Equal((0.5, 1.25, 2.0, 2.0), (discounts[1], discounts[2], discounts[3], discounts[1000]));
    }

    [Theory]
    [InlineData]
    [InlineData(1L, 1L, 1L)]
    [InlineData(2L, 2L, 2L)]
    [InlineData(1L, 1L, 2L, 3L, 3L, 3L, 3L, 3L, 3L, 4L)]
    [InlineData(50L, 60L, 70L)]
    public void Half_is_taken_where_the_counts_do_not_say(params long[] counts)
    {
        var discounts = Discounts.Of(counts);
        Assert.InRange(discounts.One, 1e-9, 1 - 1e-9);
        Assert.InRange(discounts.Two, 1e-9, 2 - 1e-9);
        Assert.InRange(discounts.More, 1e-9, 3 - 1e-9);
        if (!counts.Contains(1))
            Assert.Equal(new Discounts(0.5, 1, 1.5), discounts);
    }
}

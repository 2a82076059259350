using Xunit;

namespace Makemore.Tensors.Backends;

public class StatisticsTests
{
    [Fact]
    public void Mean_spread_and_range_of_some_numbers() =>
        Assert.Equal(new(4, 0.5, Math.Sqrt(1.25), -1, 2, Zeros: 1, Saturated: 3, NotFinite: 0), Statistics.Of([-1, 0, 1, 2]));

    [Fact]
    public void Numbers_that_are_not_finite_count_and_spoil_nothing_else() =>
        Assert.Equal(new(5, 2, 1, double.NegativeInfinity, 3, Zeros: 0, Saturated: 3, NotFinite: 3), Statistics.Of([1, 3, double.NaN, double.NegativeInfinity, double.NaN]));

    [Fact]
    public void Where_all_are_NaN_so_is_everything()
    {
        var numbers = Statistics.Of([double.NaN]);
        Assert.All([numbers.Mean, numbers.StandardDeviation, numbers.Minimum, numbers.Maximum], number => Assert.True(double.IsNaN(number)));
    }

    [Fact]
    public void No_numbers_are_refused() => Assert.Throws<ArgumentException>(() => Statistics.Of([]));
}

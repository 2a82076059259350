using System.Globalization;
using Makemore.Files;
using Makemore.Models;
using Makemore.Text;
using Xunit;

namespace Makemore;

/// <summary>What part 1 says of its table of counts, and how makemore.py divides its words.</summary>
public class CountFactsTests
{
    [Fact]
    public void Table_of_counts_loses_on_its_own_names_what_the_lecture_says()
    {
        var data = Lectures.Data;
        var counts = GramCounts.Of(data.Examples, .., data.Vocabulary.Count, order: 2);
        Assert.Equal(Lectures.Figure("part1", "number of examples").GetInt32(), counts.Counts.Sum());
        foreach (var loss in Lectures.Figure("part1", "avg NLL by smoothing strength (exact sums)").EnumerateObject().Where(loss => loss.Name != "0"))
        {
            using var model = new BigramCounts(counts, double.Parse(loss.Name, CultureInfo.InvariantCulture));
            Assert.Equal(loss.Value.GetDouble(), model.MeanLoss(data.Examples, ..), 1e-6);
        }
    }

    [Fact]
    public void Words_held_out_are_those_of_makemore()
    {
        var names = Lectures.Names;
        var order = Torch.Run("split.py", TensorData.Of("seed", [], [Split.MakemoreSeed]), TensorData.Of("words", [], [(long)names.Lines.Count]))["order"].Longs.ToArray();
        var split = Split.Of(names, SplitKind.Makemore);
        Assert.Equal(order[..^1000].Select(place => names.Lines[(int)place]), split.Train);
        Assert.Equal(order[^1000..].Select(place => names.Lines[(int)place]), split.Dev);
    }
}

using System.Text.Json;
using Makemore.Testing;
using Xunit;

namespace Makemore.Text;

public class SplitTests
{
    [Fact]
    public void Split_of_the_lectures_names_equals_Python()
    {
        var split = Split.Of(Corpus.Load(TestData.LectureNames), 42);
        using var vectors = JsonDocument.Parse(File.ReadAllBytes(TestData.Reference("random-vectors.json")));
        var common = vectors.RootElement.GetProperty("common");
        Assert.Equal(Texts("names/shuffle42_first10"), split.Train.Take(10));
        Assert.Equal("yuheng", split.Train[0]);
        Assert.Equal(Texts("names/shuffle42_at_n1_first5"), split.Dev.Take(5));
        Assert.Equal(Texts("names/shuffle42_last10"), split.Test.TakeLast(10));
        Assert.Equal([25626, 28829], new[] { split.Train.Count, split.Train.Count + split.Dev.Count });

        IEnumerable<string?> Texts(string name) => common.GetProperty(name).EnumerateArray().Select(text => text.GetString());
    }

    [Fact]
    public void Six_lines_are_the_fewest_that_leave_one_for_each_part()
    {
        for (var count = 2; count < 300; count++)
        {
            var corpus = Corpus.FromLines(Enumerable.Range(0, count).Select(i => $"{i}"));
            if (count < Split.FewestLines)
            {
                Assert.Equal(
                    $"'lines' has {count} lines, too few for parts of 80, 10 and 10 %; give at least 6",
                    Assert.Throws<MakemoreException>(() => Split.Of(corpus, 42)).Message);
                continue;
            }

            var split = Split.Of(corpus, 42);
            Assert.NotEmpty(split.Train);
            Assert.NotEmpty(split.Dev);
            Assert.NotEmpty(split.Test);
            Assert.Equal(corpus.Lines.Order(), split.Train.Concat(split.Dev).Concat(split.Test).Order());
        }
    }

    [Fact]
    public void Seeds_give_their_own_order()
    {
        var corpus = BuiltInDataset.Load("names");
        Assert.Equal(Split.Of(corpus, 7).Test, Split.Of(corpus, 7).Test);
        Assert.NotEqual(Split.Of(corpus, 7).Test, Split.Of(corpus, 8).Test);
    }
}

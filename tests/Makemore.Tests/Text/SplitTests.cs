using System.Text.Json;
using Makemore.Testing;
using Xunit;

namespace Makemore.Text;

public class SplitTests
{
    [Fact]
    public void Split_of_the_lectures_names_equals_Python()
    {
        var split = Split.Lecture(Corpus.Load(TestData.LectureNames), 42);
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
                    Assert.Throws<MakemoreException>(() => Split.Lecture(corpus, 42)).Message);
                continue;
            }

            var split = Split.Lecture(corpus, 42);
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
        Assert.Equal(Split.Lecture(corpus, 7).Test, Split.Lecture(corpus, 7).Test);
        Assert.NotEqual(Split.Lecture(corpus, 7).Test, Split.Lecture(corpus, 8).Test);
    }

    [Fact]
    public void Unique_split_has_every_different_line_in_one_part()
    {
        var corpus = Corpus.Load(TestData.LectureNames);
        var split = Split.Of(corpus, SplitKind.Unique);
        string[] lines = [.. split.Train, .. split.Dev, .. split.Test];
        Assert.Equal((32_033, 29_494, 29_494), (corpus.Lines.Count, lines.Length, lines.Distinct().Count()));
        Assert.Equal(0, split.KnownDevLines);
    }

    [Fact]
    public void An_eighth_of_the_lectures_dev_names_stand_in_train_too()
    {
        var split = Split.Of(Corpus.Load(TestData.LectureNames), SplitKind.Lecture);
        Assert.Equal((424, 3203), (split.KnownDevLines, split.Dev.Count));
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(199, 19)]
    [InlineData(10_000, 1000)]
    [InlineData(20_000, 1000)]
    public void Split_of_makemore_holds_out_a_tenth_and_at_most_1000(int lines, int held)
    {
        var corpus = Corpus.FromLines(Enumerable.Range(0, lines).Select(i => $"{i}"));
        var split = Split.Of(corpus, SplitKind.Makemore);
        Assert.Equal((lines - held, held, 0), (split.Train.Count, split.Dev.Count, split.Test.Count));
        Assert.Equal(corpus.Lines.Order(), split.Train.Concat(split.Dev).Order());
    }

    [Fact]
    public void Too_few_lines_to_hold_out_a_tenth_are_refused() => Assert.Equal(
        "'lines' has 9 lines, too few to hold out a tenth; give at least 10",
        Assert.Throws<MakemoreException>(() => Split.Of(Corpus.FromLines(Enumerable.Range(0, 9).Select(i => $"{i}")), SplitKind.Makemore)).Message);

    [Fact]
    public void Too_few_different_lines_are_refused() => Assert.Equal(
        "'lines' has 2 different lines, too few for parts of 80, 10 and 10 %; give at least 6",
        Assert.Throws<MakemoreException>(() => Split.Of(Corpus.FromLines(Enumerable.Range(0, 9).Select(i => $"{i % 2}")), SplitKind.Unique)).Message);
}

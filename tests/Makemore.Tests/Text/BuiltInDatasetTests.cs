using Xunit;

namespace Makemore.Text;

public class BuiltInDatasetTests
{
    [Fact]
    public void Names_are_the_rows_of_the_source_in_lower_case()
    {
        var corpus = BuiltInDataset.Load("names");
        Assert.Equal(32_178, corpus.Lines.Count);
        Assert.Equal(29_619, corpus.Lines.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(["emma", "olivia", "ava"], corpus.Lines.Take(3));
        Assert.Equal("zzyzx", corpus.Lines[^1]);
        Assert.Equal("abcdefghijklmnopqrstuvwxyz", Vocabulary.Of(corpus).Alphabet);
        Assert.Equal(15, corpus.LongestLine);
    }

    [Fact]
    public void Every_data_set_announced_can_be_read() =>
        Assert.All(BuiltInDataset.Available, name => Assert.NotEmpty(BuiltInDataset.Load(name).Lines));

    [Fact]
    public void Unknown_data_set_is_answered_with_those_there_are() =>
        Assert.Equal(
            "there is no built-in data set 'words'; there is: names",
            Assert.Throws<MakemoreException>(() => BuiltInDataset.Load("words")).Message);
}

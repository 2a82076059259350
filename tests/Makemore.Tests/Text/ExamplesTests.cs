using Makemore.Testing;
using Xunit;

namespace Makemore.Text;

public class ExamplesTests
{
    [Fact]
    public void Lines_have_a_target_at_each_position_as_in_makemore_py()
    {
        var vocabulary = new Vocabulary("aem");
        var examples = Examples.OfLines(["em", "a", "emma"], vocabulary, 5);
        Assert.Equal([0, 2, 3, 0, 0, 0, 1, 0, 0, 0, 0, 2, 3, 3, 1], examples.Contexts);
        Assert.Equal([2, 3, 0, 0, 0, 1, 0, 0, 0, 0, 2, 3, 3, 1, 0], examples.Targets);
        Assert.Equal([3, 2, 5], examples.Lengths!);
        Assert.Equal((3, 5, 10L, 7L), (examples.Count, examples.Block, examples.Predicted(..), examples.Predicted(1..)));
    }

    [Fact]
    public void Examples_of_a_word_are_those_of_the_lecture()
    {
        var corpus = Corpus.FromLines(["emma", "a"]);
        var vocabulary = Vocabulary.Of(corpus);
        var examples = Examples.Of(corpus.Lines, vocabulary, 3);
        var shown = Enumerable.Range(0, examples.Count).Select(i =>
            $"{vocabulary.Show(examples.Contexts.AsSpan(i * 3, 3))} -> {vocabulary.Symbol(examples.Targets[i])}");
        Assert.Equal(["... -> e", "..e -> m", ".em -> m", "emm -> a", "mma -> .", "... -> a", "..a -> ."], shown);
        Assert.Equal(3, examples.Block);
    }

    [Fact]
    public void Sizes_of_the_lectures_sets_are_reproduced()
    {
        var corpus = Corpus.Load(TestData.LectureNames);
        var vocabulary = Vocabulary.Of(corpus);
        Assert.Equal(27, vocabulary.Count);
        var split = Split.Lecture(corpus, 42);
        Assert.Equal(182625, Examples.Of(split.Train, vocabulary, 3).Count);
        Assert.Equal(22655, Examples.Of(split.Dev, vocabulary, 3).Count);
        Assert.Equal(22866, Examples.Of(split.Test, vocabulary, 3).Count);
    }

    [Fact]
    public void Every_line_comes_back_from_its_targets()
    {
        var corpus = Corpus.FromLines(["j.r.", "東京", "𝒜"]);
        var vocabulary = Vocabulary.Of(corpus);
        var examples = Examples.Of(corpus.Lines, vocabulary, 1);
        var rest = examples.Targets.AsSpan();
        foreach (var line in corpus.Lines)
        {
            Assert.Equal(line, vocabulary.Decode(rest));
            rest = rest[(rest.IndexOf(Vocabulary.EndMarker) + 1)..];
        }

        Assert.True(rest.IsEmpty);
    }

    [Fact]
    public void Impossible_blocks_are_refused()
    {
        var vocabulary = new Vocabulary("a");
        Assert.Throws<ArgumentOutOfRangeException>(() => Examples.Of(["a"], vocabulary, 0));
        Assert.Equal(
            "2 contexts of 2,000,000,000 tokens are too many; give fewer lines or a shorter block",
            Assert.Throws<MakemoreException>(() => Examples.Of(["a"], vocabulary, 2_000_000_000)).Message);
    }
}

using Xunit;

namespace Makemore.Text;

public class VocabularyTests
{
    [Fact]
    public void Tokens_follow_the_code_points_after_the_marker()
    {
        var vocabulary = Vocabulary.Of(Corpus.FromLines(["𝒜b", "ba", "\uFB01a"]));
        Assert.Equal(5, vocabulary.Count);
        Assert.Equal("ab\uFB01𝒜", vocabulary.Alphabet);
        Assert.Equal([4, 2, 1, 3], vocabulary.Encode("𝒜ba\uFB01"));
        Assert.Equal("𝒜ba\uFB01", vocabulary.Decode([4, 2, 1, 3]));
    }

    [Fact]
    public void Decoding_stops_at_the_marker_and_showing_does_not()
    {
        var vocabulary = new Vocabulary("ba");
        Assert.Equal("ab", vocabulary.Decode([1, 2, 0, 1]));
        Assert.Equal("", vocabulary.Decode([]));
        Assert.Equal("..ab.a", vocabulary.Show([0, 0, 1, 2, 0, 1]));
        Assert.Equal(".", vocabulary.Symbol(Vocabulary.EndMarker));
    }

    [Fact]
    public void Full_stop_in_the_text_is_a_character_of_its_own()
    {
        var vocabulary = Vocabulary.Of(Corpus.FromLines(["st. ives", "j.r.", "..."]));
        Assert.Equal("␄", vocabulary.EndSymbol);
        var encoded = vocabulary.Encode("...");
        Assert.DoesNotContain(Vocabulary.EndMarker, encoded);
        Assert.Equal("...", vocabulary.Decode([.. encoded, 0, 1]));
        Assert.Equal("␄...␄", vocabulary.Show([0, .. encoded, 0]));
        Assert.Equal("\u2405", new Vocabulary("a.␄").EndSymbol);
    }

    [Fact]
    public void Alphabet_makes_an_equal_vocabulary()
    {
        var vocabulary = new Vocabulary("zebra");
        Assert.Equal("aberz", vocabulary.Alphabet);
        Assert.Equal(vocabulary.Encode("bear"), new Vocabulary(vocabulary.Alphabet).Encode("bear"));
    }

    [Fact]
    public void Unknown_character_is_named_with_the_alphabet()
    {
        Assert.Equal(
            "character 'é' (U+00E9) of 'josé' is not in the alphabet 'jos'; leave it out",
            Assert.Throws<MakemoreException>(() => new Vocabulary("jos").Encode("josé")).Message);
        Assert.Equal(
            "character (U+000A) of 'a b' is not in the alphabet 'ab'; leave it out",
            Assert.Throws<MakemoreException>(() => new Vocabulary("ab").Encode("a\nb")).Message);
        var large = string.Concat(Enumerable.Range(0x4E00, 2100).Select(code => (char)code));
        var error = Assert.Throws<MakemoreException>(() => new Vocabulary(large).Encode("a"));
        Assert.EndsWith("… and 2,000 more'; leave it out", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_that_do_not_exist_are_refused()
    {
        var vocabulary = new Vocabulary("ab");
        Assert.Throws<ArgumentOutOfRangeException>(() => vocabulary.Decode([3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => vocabulary.Symbol(-1));
        Assert.Throws<MakemoreException>(() => new Vocabulary(""));
    }
}

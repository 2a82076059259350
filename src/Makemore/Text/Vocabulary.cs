using System.Text;

namespace Makemore.Text;

/// <summary>
/// The characters of a corpus and their numbers, called tokens. Token 0 is the marker of the start and the end of a line; the
/// characters follow in the order of their code points, from 1.
/// </summary>
/// <remarks>
/// As in the lectures the marker is shown as <c>.</c>, but it is not a character: a <c>.</c> in the text has a token of its own,
/// and <see cref="Decode"/> never yields the marker, so that decoding is unambiguous. Where <c>.</c> belongs to the alphabet, the
/// marker is shown as another symbol, <c>␄</c> or the next that is free: see <see cref="EndSymbol"/>.
/// </remarks>
public sealed class Vocabulary
{
    /// <summary>The token of the marker of the start and the end of a line.</summary>
    public const int EndMarker = 0;

    const int MostShown = 100;
    const int CodePoints = 0x110000;

    readonly Rune[] alphabet;

    // By code point, up to the last of the alphabet; 0 where there is none.
    readonly int[] tokens;

    /// <summary>The vocabulary of an alphabet, such as one saved with a model.</summary>
    /// <param name="alphabet">The characters, in any order; repeated ones count once.</param>
    /// <exception cref="MakemoreException">The alphabet is empty.</exception>
    public Vocabulary(string alphabet)
        : this([alphabet])
    {
    }

    Vocabulary(IReadOnlyList<string> lines)
    {
        var isUsed = new bool[CodePoints];
        foreach (var line in lines)
        {
            foreach (var character in line.EnumerateRunes())
                isUsed[character.Value] = true;
        }

        tokens = new int[Array.LastIndexOf(isUsed, true) + 1];
        if (tokens.Length == 0)
            throw new MakemoreException("the alphabet is empty; give at least one character");
        var characters = new List<Rune>();
        for (var point = 0; point < tokens.Length; point++)
        {
            if (!isUsed[point])
                continue;
            characters.Add(new(point));
            tokens[point] = characters.Count;
        }

        alphabet = [.. characters];
        Alphabet = string.Concat(alphabet);
        EndSymbol = FreeSymbol().ToString();
    }

    /// <summary>The number of tokens: one more than there are characters.</summary>
    public int Count => alphabet.Length + 1;

    /// <summary>Checks that a model's tokens can be these.</summary>
    /// <exception cref="ArgumentException">It has more or fewer.</exception>
    internal void CheckCount(int tokens)
    {
        if (tokens != Count)
            throw new ArgumentException($"the model has {tokens} tokens, and the vocabulary {Count}: it is not the one that the model learned with");
    }

    /// <summary>The characters of tokens 1, 2, … in order; a vocabulary made from it is equal to this one.</summary>
    public string Alphabet { get; }

    /// <summary>What stands for the marker where tokens are shown: <c>.</c>, or <c>␄</c> or the next where that is a character.</summary>
    public string EndSymbol { get; }

    /// <summary>The vocabulary of all characters of a corpus.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <returns>The vocabulary.</returns>
    public static Vocabulary Of(Corpus corpus)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        return new(corpus.Lines);
    }

    /// <summary>What a token is shown as.</summary>
    /// <param name="token">The token, 0 to <see cref="Count"/> − 1.</param>
    /// <returns>Its character, or <see cref="EndSymbol"/> for the marker.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public string Symbol(int token) => token == EndMarker ? EndSymbol : Character(token).ToString();

    /// <summary>Whether every character of a text is in the alphabet.</summary>
    public bool Knows(string text) => text.EnumerateRunes().All(character => Token(character) != EndMarker);

    /// <summary>The tokens of a text, without markers.</summary>
    /// <param name="text">The text.</param>
    /// <returns>One token a character, each at least 1.</returns>
    /// <exception cref="MakemoreException">A character is not in the alphabet.</exception>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var encoded = new int[text.Length];
        var length = 0;
        foreach (var character in text.EnumerateRunes())
            encoded[length++] = Token(character) is not EndMarker and var token ? token : throw Unknown(character, text);
        return length == text.Length ? encoded : encoded[..length];
    }

    /// <summary>The text of tokens, up to the first marker or the end.</summary>
    /// <param name="encoded">The tokens, each 0 to <see cref="Count"/> − 1.</param>
    /// <returns>The characters before the first marker; the marker itself is never part of the text.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public string Decode(ReadOnlySpan<int> encoded)
    {
        const int most = 64;
        Span<char> text = encoded.Length <= most ? stackalloc char[2 * most] : new char[2 * encoded.Length];
        var length = 0;
        foreach (var token in encoded)
        {
            if (token == EndMarker)
                break;
            length += Character(token).EncodeToUtf16(text[length..]);
        }

        return new(text[..length]);
    }

    /// <summary>All tokens as they are shown, markers too: <c>..em</c>.</summary>
    /// <param name="encoded">The tokens, each 0 to <see cref="Count"/> − 1.</param>
    /// <returns>One symbol a token.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public string Show(ReadOnlySpan<int> encoded)
    {
        var text = new StringBuilder(encoded.Length);
        foreach (var token in encoded)
            text.Append(Symbol(token));
        return text.ToString();
    }

    Rune Character(int token)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(token, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, Count);
        return alphabet[token - 1];
    }

    int Token(Rune character) => character.Value < tokens.Length ? tokens[character.Value] : EndMarker;

    Rune FreeSymbol()
    {
        var symbol = new Rune('.');
        for (var next = '\u2404'; Token(symbol) != EndMarker; next++)
            symbol = new(next);
        return symbol;
    }

    MakemoreException Unknown(Rune character, string text)
    {
        var known = alphabet.Length <= MostShown
            ? Alphabet
            : $"{string.Concat(alphabet[..MostShown])}… and {alphabet.Length - MostShown:N0} more";
        var shown = Rune.IsControl(character) ? "" : $"'{character}' ";
        var where = text.Length <= MostShown ? text : $"{text[..MostShown]}…";
        return new($"character {shown}(U+{character.Value:X4}) of '{where}' is not in the alphabet '{known}'; leave it out");
    }
}
